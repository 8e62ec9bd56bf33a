import type { JsonObject } from "../json.js";
import type { ConversationId, Instant, Person, TenantId } from "../person.js";

export type AuditEvent =
  | "plan-proposed"
  | "plan-revised"
  | "plan-approved"
  | "plan-rejected"
  | "plan-cancelled"
  | "plan-expired"
  | "plan-superseded"
  /** Written before the PATCH; without it there is no PATCH. */
  | "write-intended"
  /** Sure not to be done, and sent again later: Graph throttled it, or was too slow right before it. */
  | "write-put-off"
  | "write-refused"
  | "write-verified"
  /** After the outcome: the directory audit log names others who wrote the policy meanwhile. */
  | "other-writers-found"
  | "write-without-effect"
  | "write-unknown"
  /** An approval that led to no write: consent missing, Graph said 403, throttled. */
  | "attempt-failed"
  /** A change was asked for that waits for a scan; what it is comes with a hash. */
  | "change-asked"
  /** It waits no longer and becomes no plan: the store was restored, and it may have been answered since the backup. */
  | "change-dropped"
  /** What waited was answered by something else than a new plan: refused, failed, or there already. */
  | "change-answered"
  | "approval-room-set"
  | "approval-room-ended"
  /** What the policy is compared with from then on; absent `by`: the first policy read. */
  | "baseline-set"
  | "drift-found"
  /** The policy moved on, or more became known of a drift. */
  | "drift-changed"
  /** One approver accepts it, and another has to: who changed the policy is not known. */
  | "drift-accepted-by-one"
  | "drift-accepted"
  /** The policy is as the baseline again, or a plan took the difference up. */
  | "drift-over"
  /** Everybody's passkeys were read; a hash over them is in it. */
  | "scan-finished"
  /** A person was given everything there is about a plan, with people's names. */
  | "evidence-given"
  /** A person was given the people without a passkey as a file. */
  | "people-list-given"
  /** A person was shown what another one registered. */
  | "person-looked-at"
  /** An approver says that nothing is to be done about what was noticed of models. */
  | "models-put-off"
  /** The weekly digest is posted, or is not any more. */
  | "digest-turned-on"
  | "digest-turned-off"
  /** The order of a rollout was written down, or there is none any more. */
  | "stages-written"
  | "stages-ended"
  /** An operator restored a backup: numbers were raised, and what was open ended. */
  | "store-restored"
  /** An operator had what is kept of a person removed, but for plans and the record. */
  | "person-forgotten";

/** What is to be recorded. The store adds sequence, previous hash and hash. */
export interface AuditEntry {
  readonly tenantId: TenantId;
  readonly at: Instant;
  readonly event: AuditEvent;
  /** The named human; absent only for what time or a restart did (expiry, settling by reading). */
  readonly by?: Person;
  /** What it was done for: the same on the lines of the log, and in Graph's log as client-request-id. Added by the store. */
  readonly correlation?: string;
  /** Where it was said or pressed. */
  readonly conversation?: ConversationId;
  readonly planNumber?: number;
  readonly driftNumber?: number;
  readonly revision?: number;
  /** SHA-256 (hex) of the plan as it was stored with this entry: added by the store, where the entry changes a plan. */
  readonly planHash?: string;
  /** The same of the drift, and of what the policy is compared with. */
  readonly driftHash?: string;
  readonly baselineHash?: string;
  /** Command, diff, ids at Graph, outcome: what belongs to the event. Never a token. */
  readonly detail: JsonObject;
}

/** An entry in its place in the tenant's chain. */
export interface AuditRecord extends AuditEntry {
  /** 1, 2, 3 ... in a tenant, without gaps. */
  readonly sequence: number;
  /** Hash of the record before; sixty-four zeros for the first. */
  readonly previousHash: string;
  /** HMAC-SHA-256 (hex) over everything above, by a key outside the store; absent where there was none. */
  readonly proof?: string;
  /** SHA-256 (hex) over the canonical JSON of everything above. */
  readonly hash: string;
}
