import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/plan/plan.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import {
  AT,
  applying,
  cancelled,
  draft,
  entry,
  entryOf,
  OTHER_TENANT,
  TENANT,
  unknown,
  waiting,
} from "./stored-things.js";

/** Which plans a process has to look after. */
export function describeOpenPlans(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: plans that are open`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const create = (state: Plan["state"] = waiting): Promise<Plan> =>
      store.plans.create(draft({ state }), [entry()]);

    it("are listed while open, oldest first", async () => {
      for (const state of [waiting, cancelled, unknown, applying, waiting]) await create(state);
      await store.plans.create(draft({ tenantId: OTHER_TENANT }), [entry({ tenantId: OTHER_TENANT })]);
      const listed = await store.plans.open(TENANT);
      expect(listed.map((plan) => [plan.number, plan.state.kind])).toEqual([
        [1, "waiting"],
        [3, "unknown"],
        [4, "applying"],
        [5, "waiting"],
      ]);
    });

    it("are counted while open, by state, in their own tenant", async () => {
      expect(await store.plans.countOpen(TENANT)).toEqual({ waiting: 0, applying: 0, unknown: 0 });
      for (const state of [waiting, cancelled, unknown, unknown, applying, waiting]) await create(state);
      await store.plans.create(draft({ tenantId: OTHER_TENANT }), [entry({ tenantId: OTHER_TENANT })]);
      expect(await store.plans.countOpen(TENANT)).toEqual({ waiting: 2, applying: 1, unknown: 2 });
    });

    it("are due while applied or unknown, and when they wait beyond their time; oldest first", async () => {
      const at = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString();
      const later = (state: Plan["state"], minutes: number) =>
        store.plans.create(draft({ state, expiresAt: at(minutes) }), [entry()]);
      for (const [state, minutes] of [
        [waiting, 10],
        [waiting, 9],
        [waiting, 11],
        [unknown, 99],
        [cancelled, 1],
        [applying, 99],
      ] as const) {
        await later(state, minutes);
      }
      await store.plans.create(draft({ tenantId: OTHER_TENANT, expiresAt: at(1) }), [entry()]);
      const due = (minutes: number) => store.plans.due(TENANT, at(minutes));
      expect(await due(0)).toEqual([4, 6]);
      expect(await due(9.5)).toEqual([2, 4, 6]);
      expect(await due(10)).toEqual([1, 2, 4, 6]);
      expect(await store.plans.due(OTHER_TENANT, at(0))).toEqual([]);
    });

    it("are due by the time of their newest revision", async () => {
      const plan = await create();
      const longer = "2030-01-01T00:00:00.000Z";
      await store.plans.replace({ ...plan, revision: 2, expiresAt: longer }, [entryOf(plan, "plan-revised")]);
      expect(await store.plans.due(TENANT, plan.expiresAt)).toEqual([]);
      expect(await store.plans.due(TENANT, longer)).toHaveLength(1);
    });

    it("that are due are told, whatever is damaged, and one that is can be told from the others", async () => {
      await create(applying);
      await opened.meddle("update plans set body = '{'");
      await create(unknown);
      expect(await store.plans.due(TENANT, AT)).toEqual([1, 2]);
      await expect(store.plans.find(TENANT, 1)).rejects.toMatchObject({ code: "store-altered" });
      expect(await store.plans.whyAltered(TENANT, 1)).toBe("row");
    });
  });
}
