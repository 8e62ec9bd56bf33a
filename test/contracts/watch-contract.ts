import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "../../src/core/audit/chain.js";
import type { Plan, PlanState } from "../../src/core/plan/plan.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import {
  ACCEPTED,
  baselineDraft,
  baselineSet,
  driftChanged,
  driftDraft,
  driftFound,
  driftOver,
  OVER,
  rebaseTo,
} from "./stored-drifts.js";
import {
  applying,
  cancelled,
  draft,
  entry,
  entryOf,
  OTHER_TENANT,
  TENANT,
  unknown,
  unrecordable,
} from "./stored-things.js";

export function describeWatchStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: the watch`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const first = () => store.watch.setFirst(baselineDraft(), baselineSet());
    const begin = () => store.watch.beginDrift(driftDraft(), driftFound());
    const started = async () => {
      await first();
      const drift = await begin();
      if (drift === undefined) throw new Error("no drift");
      return drift;
    };
    const events = async () =>
      (await store.audit.read(TENANT)).map(({ event, driftNumber }) => [event, driftNumber]);
    const planIn = (state: PlanState): Promise<Plan> => store.plans.create(draft({ state }), [entry()]);

    describe("a baseline", () => {
      it("is kept exactly as it was, in version 1, with its record", async () => {
        expect(await store.watch.baseline(TENANT)).toBeUndefined();
        expect(await first()).toEqual({ ...baselineDraft(), version: 1 });
        expect(await store.watch.baseline(TENANT)).toEqual({ ...baselineDraft(), version: 1 });
        expect(await store.watch.baseline(OTHER_TENANT)).toBeUndefined();
        expect(await events()).toEqual([["baseline-set", undefined]]);
      });

      it("is the first only once, also when ten look at the same time", async () => {
        const set = await Promise.all(Array.from({ length: 10 }, first));
        expect(set.filter((baseline) => baseline !== undefined)).toHaveLength(1);
        expect(await events()).toHaveLength(1);
      });

      it("is not set without its record", async () => {
        await expect(store.watch.setFirst(baselineDraft(), unrecordable())).rejects.toThrow();
        expect(await store.watch.baseline(TENANT)).toBeUndefined();
      });

      it("remembers when the policy was last like it, in this version only", async () => {
        await first();
        const at = "2026-11-22T11:00:00.000Z";
        await store.watch.sawBaseline({ tenantId: TENANT, version: 2 }, at);
        expect(await store.watch.baseline(TENANT)).toMatchObject({ seenAt: baselineDraft().seenAt });
        await store.watch.sawBaseline({ tenantId: TENANT, version: 1 }, at);
        expect(await store.watch.baseline(TENANT)).toEqual({ ...baselineDraft(), seenAt: at, version: 1 });
        expect(await events()).toHaveLength(1);
      });

      it("is not believed when it was edited or moved to another tenant", async () => {
        await first();
        await opened.meddle(`update baselines set tenant_id = '${OTHER_TENANT}'`);
        await expect(store.watch.baseline(OTHER_TENANT)).rejects.toMatchObject({ code: "store-altered" });
        await opened.meddle("update baselines set body = '{}'");
        await expect(store.watch.baseline(OTHER_TENANT)).rejects.toMatchObject({ code: "store-altered" });
      });
    });

    describe("a drift", () => {
      it("is numbered from 1 and kept exactly as it was, with its record", async () => {
        const drift = await started();
        expect(drift).toEqual({ ...driftDraft(), number: 1, version: 1, installation: expect.any(String) });
        expect(await store.watch.findDrift(TENANT, 1)).toEqual(drift);
        expect(await store.watch.openDrift(TENANT)).toEqual(drift);
        expect(await events()).toEqual([
          ["baseline-set", undefined],
          ["drift-found", 1],
        ]);
      });

      it("is found in its own tenant only", async () => {
        const through: number[] = [];
        const first = await started();
        for await (const drift of store.watch.readThrough(TENANT, 5)) {
          expect(drift).toEqual(first);
          through.push(drift.number);
        }
        expect(through).toEqual([1]);
        for await (const drift of store.watch.readThrough(OTHER_TENANT, 5)) expect(drift).toBeUndefined();
        expect(await store.watch.findDrift(OTHER_TENANT, 1)).toBeUndefined();
        expect(await store.watch.openDrift(OTHER_TENANT)).toBeUndefined();
        expect(await store.watch.findDrift(TENANT, 2)).toBeUndefined();
      });

      it("is open alone in its tenant, also when ten are found at the same time", async () => {
        await first();
        const begun = await Promise.all(Array.from({ length: 10 }, begin));
        expect(begun.filter((drift) => drift !== undefined)).toHaveLength(1);
        expect(await events()).toHaveLength(2);
      });

      it("has the next number when the last one is over", async () => {
        const drift = await started();
        await store.watch.replaceDrift({ ...drift, state: OVER }, [driftOver()]);
        expect(await store.watch.openDrift(TENANT)).toBeUndefined();
        expect(await store.watch.lastDrift(TENANT)).toMatchObject({ number: 1, state: OVER });
        expect(await begin()).toMatchObject({ number: 2, version: 1 });
        expect(await store.watch.lastDrift(TENANT)).toMatchObject({ number: 2, state: { kind: "open" } });
        expect(await store.watch.lastDrift(OTHER_TENANT)).toBeUndefined();
      });

      it("is not stored without its record, and leaves no gap in the numbers", async () => {
        await first();
        await expect(store.watch.beginDrift(driftDraft(), unrecordable())).rejects.toThrow();
        expect(await store.watch.openDrift(TENANT)).toBeUndefined();
        expect(await begin()).toMatchObject({ number: 1 });
      });

      it("is overtaken when what it differs from is no longer the baseline", async () => {
        expect(await begin()).toBeUndefined();
        await first();
        const other = { ...driftDraft().baseline, version: 2 };
        expect(await store.watch.beginDrift(driftDraft({ baseline: other }), driftFound())).toBeUndefined();
        expect(await events()).toHaveLength(1);
      });

      it.each([
        ["is being applied", applying],
        ["has an outcome nobody knows", unknown],
      ])("is overtaken while a plan of the tenant %s", async (_, state) => {
        await first();
        await store.plans.create(draft({ state, tenantId: OTHER_TENANT }), [
          entry({ tenantId: OTHER_TENANT }),
        ]);
        await planIn(cancelled);
        const plan = await planIn(state);
        expect(await begin()).toBeUndefined();
        await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
        const drift = await begin();
        expect(drift).toMatchObject({ number: 1 });
        await planIn(state);
        expect(
          drift && (await store.watch.replaceDrift({ ...drift, revision: 2 }, [driftChanged()])),
        ).toBeUndefined();
        expect(await store.watch.openDrift(TENANT)).toEqual(drift);
      });
    });

    describe("a change of a drift", () => {
      it("is stored as the next version, with its records", async () => {
        const drift = await started();
        const next = { ...drift, revision: 2 };
        expect(
          await store.watch.replaceDrift(next, [entry({ event: "drift-changed", driftNumber: 1 })]),
        ).toEqual({ ...next, version: 2 });
        expect(await store.watch.findDrift(TENANT, 1)).toEqual({ ...next, version: 2 });
        expect((await events()).at(-1)).toEqual(["drift-changed", 1]);
      });

      it("wins once, when several start from the same version", async () => {
        const drift = await started();
        const changed = await Promise.all(
          Array.from({ length: 10 }, (_, at) =>
            store.watch.replaceDrift({ ...drift, revision: at + 2 }, [entry({ event: "drift-changed" })]),
          ),
        );
        expect(changed.filter((each) => each !== undefined)).toHaveLength(1);
        expect(await events()).toHaveLength(3);
      });

      it("brings a new baseline along when it is accepted, all or nothing, also while a plan is being applied", async () => {
        const drift = await started();
        await planIn(applying);
        const accepted = { ...drift, state: ACCEPTED };
        const baseline = baselineDraft({ policy: drift.difference.after });
        const broken = store.watch.replaceDrift(accepted, [unrecordable()], baseline);
        await expect(broken).rejects.toThrow();
        expect(await store.watch.openDrift(TENANT)).toEqual(drift);
        expect(await store.watch.baseline(TENANT)).toMatchObject({ version: 1 });
        const records = [entry({ event: "drift-accepted" }), baselineSet()] as const;
        expect(await store.watch.replaceDrift(accepted, records, baseline)).toEqual({
          ...accepted,
          version: 2,
        });
        expect(await store.watch.baseline(TENANT)).toEqual({ ...baseline, version: 2 });
        expect(await store.watch.openDrift(TENANT)).toBeUndefined();
        expect(verifyChain(await store.audit.read(TENANT))).toMatchObject({ kind: "intact" });
      });

      it("is overtaken when the baseline is another by then", async () => {
        const drift = await started();
        const plan = await planIn(applying);
        await store.plans.replace(
          { ...plan, state: cancelled },
          [entryOf(plan, "write-verified")],
          rebaseTo({ state: "enabled" }),
        );
        const accepted = { ...drift, state: ACCEPTED };
        expect(await store.watch.replaceDrift(accepted, [driftOver()], baselineDraft())).toBeUndefined();
        expect(await store.watch.replaceDrift({ ...drift, revision: 2 }, [driftChanged()])).toBeUndefined();
        expect(await store.watch.baseline(TENANT)).toMatchObject({ version: 2 });
      });

      it("is not believed when what is stored was edited", async () => {
        await started();
        await opened.meddle("update drifts set number = 2");
        await expect(store.watch.findDrift(TENANT, 2)).rejects.toMatchObject({ code: "store-altered" });
        await expect(store.watch.openDrift(TENANT)).rejects.toMatchObject({ code: "store-altered" });
      });
    });

    describe("a plan that is applied", () => {
      it("sets the baseline and ends the open drift in its own transaction", async () => {
        const drift = await started();
        const plan = await planIn(applying);
        const replaced = await store.plans.replace(
          { ...plan, state: cancelled },
          [entryOf(plan, "write-verified")],
          rebaseTo({ state: "enabled" }, OVER),
        );
        expect(replaced).toMatchObject({ kind: "replaced", drift: { ...drift, state: OVER, version: 2 } });
        expect(await store.watch.openDrift(TENANT)).toBeUndefined();
        expect(await store.watch.baseline(TENANT)).toMatchObject({
          version: 2,
          policy: { state: "enabled" },
          source: { kind: "applied", planNumber: 1 },
        });
        expect((await events()).slice(-3)).toEqual([
          ["write-verified", undefined],
          ["baseline-set", undefined],
          ["drift-over", 1],
        ]);
      });

      it("leaves a drift open of which something is left, and works where there was no baseline", async () => {
        const plan = await planIn(applying);
        const replaced = await store.plans.replace(
          { ...plan, state: cancelled },
          [entryOf(plan, "write-verified")],
          rebaseTo({ a: 1 }),
        );
        expect(replaced).not.toHaveProperty("drift");
        expect(await store.watch.baseline(TENANT)).toMatchObject({ version: 1, policy: { a: 1 } });
      });

      it("sets nothing when the plan was changed meanwhile, or the baseline cannot be worked out", async () => {
        const drift = await started();
        const plan = await planIn(applying);
        const late = { ...plan, version: 7, state: cancelled };
        expect(await store.plans.replace(late, [entry()], rebaseTo({ a: 1 }, OVER))).toEqual({
          kind: "conflict",
        });
        const broken = store.plans.replace({ ...plan, state: cancelled }, [entry()], () => {
          throw new Error("cannot be worked out");
        });
        await expect(broken).rejects.toThrow();
        expect(await store.plans.find(TENANT, plan.number)).toEqual(plan);
        expect(await store.watch.openDrift(TENANT)).toEqual(drift);
        expect(await store.watch.baseline(TENANT)).toMatchObject({ version: 1 });
        expect(await events()).toHaveLength(3);
      });
    });

    it("survives being closed and opened", async () => {
      const drift = await started();
      store = await opened.reopen();
      expect(await store.watch.openDrift(TENANT)).toEqual(drift);
      expect(await store.watch.baseline(TENANT)).toEqual({ ...baselineDraft(), version: 1 });
    });
  });
}
