import type { AuditEntry } from "../audit/record.js";
import type { Instant, Person, TenantId } from "../person.js";
import type { GroupRef } from "../policy/intent.js";
import type { Figures } from "../report/adoption/figures.js";

/** How far the rollout was on one day, by a scan: numbers only, of no person. One a day and tenant. */
export interface AdoptionSample {
  readonly tenantId: TenantId;
  /** In UTC: "2026-11-22". */
  readonly day: string;
  readonly scanId: string;
  /** When the scan began that it rests on. */
  readonly scannedAt: Instant;
  /** Whom `whole.people` counts. */
  readonly of: "groups" | "accounts";
  /** All whom the policy was for. */
  readonly whole: Figures;
  /** Of each group that the policy was for, by its object id. */
  readonly byGroup: Readonly<Record<string, Figures>>;
}

/** Samples of adoption, from which it is told how it went. */
export interface AdoptionStore {
  /** Keeps the sample, and forgets those of before that day; a day that has one keeps it. @returns whether it was kept */
  add(sample: AdoptionSample, forgetBefore: string): Promise<boolean>;
  /** From that day on, in order. */
  since(tenant: TenantId, day: string): Promise<readonly AdoptionSample[]>;
}

/** Who may download a list of people without a passkey, for a short time. */
export interface PeopleLink {
  readonly tenantId: TenantId;
  /** To whom it was given. */
  readonly person: Person;
  readonly scanId: string;
  /** Absent: all whom the policy is for. */
  readonly group?: GroupRef;
  readonly givenAt: Instant;
  readonly validUntil: Instant;
}

export interface PeopleLinkStore {
  /**
   * Makes a link, with its record in the same transaction. Links whose time is up go.
   * @returns the secret that opens it; it is kept nowhere
   */
  add(link: PeopleLink, record: AuditEntry): Promise<string>;
  /** The link a secret opens, while it is valid at that time; as often as it is asked for. */
  find(secret: string, at: Instant): Promise<PeopleLink | undefined>;
}
