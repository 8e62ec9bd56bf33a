import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Drift } from "../../src/core/drift/drift.js";
import { baselineDetail, driftDetail, driftEntry } from "../../src/core/drift/drift-entry.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import {
  ACCEPTED,
  baselineDraft,
  baselineSet,
  driftDraft,
  driftFound,
  OVER,
  rebaseTo,
} from "./stored-drifts.js";
import { ADA, AT, applying, cancelled, draft, entry, entryOf, TENANT } from "./stored-things.js";

/** What a store does with a drift or a baseline that was edited behind its back: nothing, and it says so. */
export function describeAlteredWatch(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: a watch that was edited`, () => {
    let opened: OpenedStore;
    let store: Store;
    let drift: Drift;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      const { before } = driftDraft().difference;
      const first = baselineDraft({ policy: before });
      await store.watch.setFirst(first, { ...baselineSet(), detail: baselineDetail(first) });
      const found = { ...driftFound(), detail: driftDetail(driftDraft()) };
      const begun = await store.watch.beginDrift(driftDraft(), found);
      if (begun === undefined) throw new Error("no drift");
      drift = begun;
    });
    afterEach(() => opened.close());

    const edit = (table: "drifts" | "baselines", from: string, to: string) =>
      opened.meddle(`update ${table} set body = replace(body, '${from}', '${to}')`);
    const about = { at: AT, by: ADA, detail: { reason: "because" } };
    const accept = () => {
      const next = { ...drift, state: ACCEPTED };
      const baseline = baselineDraft({ policy: drift.difference.after });
      return store.watch.replaceDrift(
        next,
        [driftEntry(next, "drift-accepted", about), { ...baselineSet(), detail: baselineDetail(baseline) }],
        baseline,
      );
    };
    const count = async () => (await store.audit.read(TENANT)).length;

    it("is told as it is when nothing was edited", async () => {
      expect(await store.watch.recorded(TENANT)).toMatchObject({ kind: "as-recorded", drift });
      expect(await store.watch.recorded(TENANT, 1)).toMatchObject({ kind: "as-recorded", drift });
      expect(await store.watch.recorded(TENANT, 2)).toMatchObject({ drift: undefined });
      expect(await accept()).toMatchObject({ state: ACCEPTED });
      expect(await store.watch.recorded(TENANT)).toMatchObject({
        baseline: { version: 2 },
        drift: undefined,
      });
      store = await opened.reopen();
      expect(await store.watch.recorded(TENANT, 1)).toMatchObject({ drift: { state: ACCEPTED } });
    });

    it.each<[string, "drifts" | "baselines", string, string, object]>([
      ["what was found", "drifts", '"after":{', '"after":{"forged":true,', { driftNumber: 1, why: "found" }],
      ["what it differs from", "drifts", '"before":{', '"before":{"forged":true,', { why: "policy" }],
      ["who wrote", "drifts", '"isApp":true', '"isApp":true,"id":"eve"', { why: "found" }],
      ["what else is in its row", "drifts", '"kind":"no-scan"', '"kind":"not-read"', { why: "row" }],
      ["the number of its revision", "drifts", '"revision":1', '"revision":2', { why: "row" }],
      ["the policy", "baselines", '"policy":{', '"policy":{"forged":true,', { why: "policy" }],
      ["where it comes from", "baselines", "first-read", "applied", { why: "policy" }],
      ["when it was set", "baselines", `"at":"${AT}"`, '"at":"2026-01-01T00:00:00.000Z"', { why: "row" }],
    ])("decides nothing, and records nothing on top: %s", async (_what, table, from, to, found) => {
      const records = await count();
      await edit(table, from, to);
      expect(await store.watch.recorded(TENANT)).toMatchObject({ kind: "altered", ...found });
      await expect(accept()).rejects.toMatchObject({ code: "store-altered" });
      expect(await count()).toBe(records);
      await edit(table, to, from);
      expect(await accept()).toMatchObject({ state: ACCEPTED });
    });

    it.each([
      ["a drift", "delete from drifts", { driftNumber: 1, why: "missing" }],
      ["the baseline", "delete from baselines", { why: "missing" }],
      ["the record of a baseline", "delete from audit where sequence = 1", { why: "record" }],
      [
        "what a record says",
        "update audit set body = replace(body, '\"isApp\":true', '\"isApp\":null') where sequence = 2",
        { why: "record" },
      ],
    ])("notices that somebody removed or changed %s", async (_what, sql, found) => {
      await opened.meddle(sql);
      expect(await store.watch.recorded(TENANT)).toMatchObject({ kind: "altered", ...found });
      const first = store.watch.setFirst(baselineDraft(), baselineSet());
      expect(await first.catch(({ code }) => code)).toBe(
        sql.includes("baselines") ? "store-altered" : undefined,
      );
    });

    it("is not brought back by an older row: what was decided since is on record", async () => {
      await opened.meddle("create table kept as select * from drifts");
      const next = { ...drift, state: OVER };
      await store.watch.replaceDrift(next, [driftEntry(next, "drift-over", about)]);
      await opened.meddle("delete from drifts");
      await opened.meddle("insert into drifts select * from kept");
      expect(await store.watch.recorded(TENANT)).toMatchObject({ driftNumber: 1, why: "state" });
      await opened.meddle("drop table kept");
    });

    it("does not keep the outcome of a write from being stored, and stays as it is", async () => {
      const plan = await store.plans.create(draft({ state: applying }), [entry()]);
      await edit("baselines", '"policy":{', '"policy":{"forged":true,');
      const forged = await store.watch.baseline(TENANT);
      const outcome = [entryOf(plan, "write-verified")] as const;
      expect(
        await store.plans.replace({ ...plan, state: cancelled }, outcome, rebaseTo({ a: 1 }, OVER)),
      ).toMatchObject({ kind: "replaced", altered: { why: "policy" } });
      expect(await store.watch.baseline(TENANT)).toEqual(forged);
      expect(await store.watch.openDrift(TENANT)).toEqual(drift);
    });
  });
}
