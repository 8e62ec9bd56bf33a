import type { Instant, ReplicaId, TenantId } from "../../src/core/person.js";
import type { Taken, TakenMessage, TakenMessageStore } from "../../src/core/stores/taken-messages.js";

interface Row extends TakenMessage {
  readonly answered: boolean;
  readonly planNumber?: number;
}

/** Taken messages in memory, with the same promises. */
export class FakeTakenMessages implements TakenMessageStore {
  readonly rows = new Map<string, Row>();
  /** Set to make every call fail. */
  fault: Error | undefined;

  async take(message: TakenMessage): Promise<Taken> {
    this.#reach();
    const row = this.rows.get(message.key);
    if (row?.answered === true) return { kind: "answered" };
    if (row !== undefined) return { kind: "taken", by: row.taker };
    this.rows.set(message.key, { ...message, answered: false });
    return { kind: "ours" };
  }

  async takeOver(key: string, from: ReplicaId, to: ReplicaId): Promise<boolean> {
    this.#reach();
    const row = this.rows.get(key);
    if (row === undefined || row.taker !== from || row.answered) return false;
    this.rows.set(key, { ...row, taker: to });
    return true;
  }

  async answered(key: string): Promise<void> {
    this.#reach();
    const row = this.rows.get(key);
    if (row !== undefined) this.rows.set(key, { ...row, answered: true });
  }

  async forget(tenant: TenantId, before: Instant): Promise<void> {
    this.#reach();
    for (const [key, row] of this.rows) {
      if (row.tenantId === tenant && row.takenAt < before) this.rows.delete(key);
    }
  }

  /** What a plan was made of. */
  made(key: string, planNumber: number): void {
    const row = this.rows.get(key);
    if (row !== undefined) this.rows.set(key, { ...row, planNumber });
  }

  #reach(): void {
    if (this.fault !== undefined) throw this.fault;
  }
}
