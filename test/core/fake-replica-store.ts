import { Fault } from "../../src/core/errors.js";
import type { ReplicaId, TenantId } from "../../src/core/person.js";
import type { Duty, DutyTransfer, ReplicaStore } from "../../src/core/stores.js";

/** The processes that share a store, in memory, with the same promises as the real one. */
export class FakeReplicaStore implements ReplicaStore {
  readonly #beats = new Map<ReplicaId, number>();
  readonly #holders = new Map<string, ReplicaId>();
  /** Set to make every call fail, as a database that went away would. */
  away = false;

  readonly #rules = new Map<ReplicaId, string>();

  async beat(replica: ReplicaId, rules = "") {
    this.#reach();
    this.#rules.set(replica, rules);
    this.#beats.set(replica, (this.#beats.get(replica) ?? 0) + 1);
  }

  async beats() {
    this.#reach();
    return new Map(this.#beats);
  }

  async rules() {
    this.#reach();
    return new Map([...this.#beats.keys()].map((replica) => [replica, this.#rules.get(replica) ?? ""]));
  }

  async leave(replica: ReplicaId) {
    this.#reach();
    this.#beats.delete(replica);
    for (const [duty, holder] of this.#holders) if (holder === replica) this.#holders.delete(duty);
  }

  async holder(tenant: TenantId, duty: Duty) {
    this.#reach();
    return this.#holders.get(`${tenant} ${duty}`);
  }

  async transfer(tenant: TenantId, duty: Duty, { from, to }: DutyTransfer) {
    this.#reach();
    const key = `${tenant} ${duty}`;
    if (this.#holders.get(key) !== from) return false;
    if (to === undefined) this.#holders.delete(key);
    else this.#holders.set(key, to);
    return true;
  }

  #reach(): void {
    if (this.away) throw new Fault("store-unavailable", "the database is away");
  }
}
