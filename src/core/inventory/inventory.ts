import type { Instant, PersonId } from "../person.js";
import type { Aaguid, PasskeyType } from "../policy/policy.js";

/** One passkey a person registered. */
export interface RegisteredPasskey {
  readonly aaguid: Aaguid;
  /** Graph's own words for the model; often empty. */
  readonly model: string | undefined;
  /** undefined: Graph did not say; then either is assumed possible. */
  readonly type: PasskeyType | undefined;
  readonly attested: boolean | undefined;
}

export interface AccountRef {
  readonly id: PersonId;
  readonly name: string;
  readonly isAdmin: boolean;
}

/** A person and every passkey registered for them. */
export interface Keyholder extends AccountRef {
  readonly passkeys: readonly RegisteredPasskey[];
}

/** Somebody whose passkeys could not be read: the scan is incomplete while there is one. */
export interface UnreadPerson extends AccountRef {
  readonly why: string;
}

/** What one scan found, with its coverage. */
export interface Inventory {
  readonly scanId: string;
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** `report`: Entra's registration report. `all-users`: every enabled account, for tenants without P1/P2. */
  readonly path: "report" | "all-users";
  /** People with at least one passkey. */
  readonly keyholders: readonly Keyholder[];
  /** People asked about, gone and unread included. */
  readonly asked: number;
  /** People deleted between the report and the read (404): complete all the same. */
  readonly gone: number;
  readonly unread: readonly UnreadPerson[];
}

export function isComplete(inventory: Inventory): boolean {
  return inventory.unread.length === 0;
}
