import type { AuditEntry } from "../../src/core/audit/record.js";
import type { TenantId } from "../../src/core/person.js";
import type { RolloutStages, StageStore } from "../../src/core/stores/stage-store.js";

/** Stages in memory, with the same promises. */
export class FakeStages implements StageStore {
  written: RolloutStages | undefined;
  readonly #append: (entry: AuditEntry) => void;

  constructor(append: (entry: AuditEntry) => void) {
    this.#append = append;
  }

  async find(): Promise<RolloutStages | undefined> {
    return this.written;
  }

  async write(stages: RolloutStages, record: AuditEntry): Promise<void> {
    this.#append(record);
    this.written = stages;
  }

  async end(_: TenantId, record: AuditEntry): Promise<boolean> {
    if (this.written === undefined) return false;
    this.#append(record);
    this.written = undefined;
    return true;
  }
}
