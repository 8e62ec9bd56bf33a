import type { AuditEntry } from "../../src/core/audit/record.js";
import type { Digest, DigestSwitch } from "../../src/core/news/digest.js";
import type { TenantId } from "../../src/core/person.js";
import type { DigestStore } from "../../src/core/stores/digest-store.js";

/** Digests in memory, with the same promises. */
export class FakeDigests implements DigestStore {
  readonly digests = new Map<string, Digest>();
  said: DigestSwitch = { isOn: true };
  readonly #append: (entry: AuditEntry) => void;

  constructor(append: (entry: AuditEntry) => void) {
    this.#append = append;
  }

  async add(digest: Digest): Promise<boolean> {
    if (!this.said.isOn || this.digests.has(digest.day)) return false;
    this.digests.set(digest.day, digest);
    return true;
  }

  async find(_: TenantId, day: string): Promise<Digest | undefined> {
    return this.digests.get(day);
  }

  async latest(): Promise<Digest | undefined> {
    return [...this.digests.values()].sort((a, b) => b.day.localeCompare(a.day))[0];
  }

  async isOn(): Promise<DigestSwitch> {
    return this.said;
  }

  async turn(_: TenantId, to: Required<DigestSwitch>, record: AuditEntry): Promise<boolean> {
    if (this.said.isOn === to.isOn) return false;
    this.#append(record);
    this.said = to;
    return true;
  }
}
