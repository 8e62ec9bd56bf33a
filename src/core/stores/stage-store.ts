import type { AuditEntry } from "../audit/record.js";
import type { Instant, Person, TenantId } from "../person.js";
import type { GroupRef } from "../policy/intent.js";

/** Whom a stage of a rollout is for. */
export type Stage = { readonly kind: "everyone" } | { readonly kind: "group"; readonly group: GroupRef };

/** The order in which people are to get passkeys, as a person wrote it down. It changes nothing by itself. */
export interface RolloutStages {
  readonly tenantId: TenantId;
  /** At least one; everybody can only be the last. */
  readonly stages: readonly Stage[];
  readonly by: Person;
  readonly at: Instant;
}

/** The stages of each tenant's rollout. */
export interface StageStore {
  find(tenant: TenantId): Promise<RolloutStages | undefined>;
  /** In place of those that were there, with its record in the same transaction. */
  write(stages: RolloutStages, record: AuditEntry): Promise<void>;
  /** There are none any more. @returns false when there were none: nothing is recorded then */
  end(tenant: TenantId, record: AuditEntry): Promise<boolean>;
}
