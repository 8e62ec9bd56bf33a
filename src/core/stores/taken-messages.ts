import type { Instant, ReplicaId, TenantId } from "../person.js";

/**
 * Messages that a process took to answer, so that one which Teams delivers again is answered once; and what a process
 * took to say of its own accord, once.
 */
export interface TakenMessageStore {
  /** Takes the message for this process, unless it is taken. */
  take(message: TakenMessage): Promise<Taken>;
  /** Compare-and-set: from a process that is gone to another. @returns whether it did */
  takeOver(key: string, from: ReplicaId, to: ReplicaId): Promise<boolean>;
  /** Nothing is left to do for it. */
  answered(key: string): Promise<void>;
  /** Forgets what was taken before. */
  forget(tenant: TenantId, before: Instant): Promise<void>;
}

export interface TakenMessage {
  /** Names the message among all there are; says nothing of what is in it. */
  readonly key: string;
  readonly tenantId: TenantId;
  readonly taker: ReplicaId;
  readonly takenAt: Instant;
}

export type Taken =
  | { readonly kind: "ours" }
  | { readonly kind: "answered" }
  /** A process is at it, or was when it ended. */
  | { readonly kind: "taken"; readonly by: ReplicaId };
