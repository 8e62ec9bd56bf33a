import { seal } from "../../src/core/audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../src/core/audit/record.js";
import { Fault } from "../../src/core/errors.js";
import type { Inventory } from "../../src/core/inventory/inventory.js";
import type { Plan } from "../../src/core/plan/plan.js";
import type { AuditLog, InventoryStore, PlanStore } from "../../src/core/ports.js";

/** The store in memory, with the same promises: numbering, compare-and-set, one apply at a time, all or nothing. */
export class FakeStore {
  readonly plansByNumber = new Map<number, Plan>();
  readonly records: AuditRecord[] = [];
  inventory: Inventory | undefined;
  /** Set to make every audit append fail, as a full disk would. */
  auditBroken = false;

  readonly plans: PlanStore = {
    create: async (draft, records) => {
      const plan: Plan = { ...draft, number: this.plansByNumber.size + 1, version: 1 };
      this.#append(records.map((record) => ({ ...record, planNumber: plan.number })));
      this.plansByNumber.set(plan.number, plan);
      return plan;
    },
    find: async (_, number) => this.plansByNumber.get(number),
    open: async () =>
      [...this.plansByNumber.values()].filter((plan) =>
        ["waiting", "applying", "unknown"].includes(plan.state.kind),
      ),
    replace: async (next, records) => {
      const stored = this.plansByNumber.get(next.number);
      if (stored?.version !== next.version) return { kind: "conflict" };
      const others = [...this.plansByNumber.values()].filter((plan) => plan.number !== next.number);
      if (next.state.kind === "applying" && others.some((plan) => plan.state.kind === "applying")) {
        return { kind: "busy" };
      }
      const written = this.#append(records);
      const plan = { ...next, version: next.version + 1 };
      this.plansByNumber.set(plan.number, plan);
      return { kind: "replaced", plan, records: written };
    },
  };

  readonly audit: AuditLog = {
    append: async (entry) => this.#append([entry])[0] as AuditRecord,
    read: async () => this.records,
  };

  readonly inventories: InventoryStore = {
    save: async (_, inventory) => {
      this.inventory = inventory;
    },
    latest: async () => this.inventory,
  };

  events(): readonly string[] {
    return this.records.map((record) => record.event);
  }

  #append(entries: readonly AuditEntry[]): readonly AuditRecord[] {
    if (this.auditBroken) throw new Fault("store-unavailable", "the disk is full");
    return entries.map((entry) => {
      const record = seal(entry, this.records.at(-1));
      this.records.push(record);
      return record;
    });
  }
}
