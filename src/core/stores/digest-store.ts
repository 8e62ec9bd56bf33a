import type { AuditEntry } from "../audit/record.js";
import type { Digest, DigestSwitch } from "../news/digest.js";
import type { TenantId } from "../person.js";

/** Digests that were told, and whether they are wanted. */
export interface DigestStore {
  /** Stores it, unless there is one of that day, or it is turned off by now. @returns whether it did */
  add(digest: Digest): Promise<boolean>;
  find(tenant: TenantId, day: string): Promise<Digest | undefined>;
  latest(tenant: TenantId): Promise<Digest | undefined>;
  isOn(tenant: TenantId): Promise<DigestSwitch>;
  /** With its record in the same transaction. @returns false when it was so already: nothing is recorded then */
  turn(tenant: TenantId, to: Required<DigestSwitch>, record: AuditEntry): Promise<boolean>;
}
