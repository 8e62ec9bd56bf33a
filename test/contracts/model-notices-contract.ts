import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ModelNotice } from "../../src/core/news/model-notice.js";
import type { Aaguid } from "../../src/core/policy/policy.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, entry, OTHER_TENANT, TENANT, unrecordable } from "./stored-things.js";

export function aNotice(changes: Partial<ModelNotice> = {}): ModelNotice {
  return {
    tenantId: TENANT,
    id: "notice-1",
    version: 1,
    about: "new",
    foundAt: AT,
    scannedAt: AT,
    models: [
      {
        model: {
          aaguid: "cccccccc-1111-4111-8111-111111111111" as Aaguid,
          name: "Ключ ❤ 'quoted'",
          kind: "security-key",
          warnings: [],
          source: "fido",
        },
        allowed: "no",
        lists: { allowing: ["", "Board"], removing: [] },
      },
    ],
    state: { kind: "open" },
    ...changes,
  };
}

export function describeModelNotices(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: notices of models`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it("are stored together with what is known from then on, in each tenant by itself, over a restart", async () => {
      const changes = [
        { fact: "seen:a", to: "" },
        { fact: "certified:a", to: "L1" },
      ];
      expect(await store.modelNotices.learn(TENANT, changes, [aNotice()])).toBe(true);
      const again = await opened.reopen();
      expect(await again.modelNotices.facts(TENANT)).toEqual(
        new Map([
          ["seen:a", ""],
          ["certified:a", "L1"],
        ]),
      );
      expect(await again.modelNotices.find(TENANT, "notice-1")).toEqual(aNotice());
      expect(await again.modelNotices.open(TENANT, 9)).toEqual([aNotice()]);
      expect(await again.modelNotices.facts(OTHER_TENANT)).toEqual(new Map());
      expect(await again.modelNotices.find(OTHER_TENANT, "notice-1")).toBeUndefined();
    });

    it("are stored once, however many learn the same at once", async () => {
      const { modelNotices } = store;
      const tries = ["a", "b", "c"].map((id) =>
        modelNotices.learn(TENANT, [{ fact: "seen:x", to: "" }], [aNotice({ id })]),
      );
      expect([...(await Promise.all(tries))].sort()).toEqual([false, false, true]);
      expect(await modelNotices.open(TENANT, 9)).toHaveLength(1);
    });

    it("are not stored where one fact of several is another by now; facts are changed and forgotten", async () => {
      const { modelNotices } = store;
      await modelNotices.learn(
        TENANT,
        [
          { fact: "certified:a", to: "L2" },
          { fact: "unused:b", to: "" },
        ],
        [],
      );
      const stale = [
        { fact: "seen:c", to: "" },
        { fact: "certified:a", from: "L1", to: "L3" },
      ];
      expect(await modelNotices.learn(TENANT, stale, [aNotice()])).toBe(false);
      expect(await modelNotices.open(TENANT, 9)).toEqual([]);
      const fresh = [
        { fact: "certified:a", from: "L2", to: "L1" },
        { fact: "unused:b", from: "" },
      ];
      expect(await modelNotices.learn(TENANT, fresh, [])).toBe(true);
      expect(await modelNotices.facts(TENANT)).toEqual(new Map([["certified:a", "L1"]]));
    });

    it("are put off once, with the record of it; what cannot be recorded stays open", async () => {
      const { modelNotices } = store;
      await modelNotices.learn(TENANT, [], [aNotice()]);
      const next = aNotice({ state: { kind: "put-off", by: ADA, at: AT, reason: "why not" } });
      await expect(modelNotices.replace(next, unrecordable())).rejects.toThrow();
      expect(await modelNotices.open(TENANT, 9)).toHaveLength(1);
      const record = entry({ event: "models-put-off" });
      const both = await Promise.all([
        modelNotices.replace(next, record),
        modelNotices.replace(next, record),
      ]);
      expect(both.filter((each) => each !== undefined)).toEqual([{ ...next, version: 2 }]);
      expect((await store.audit.read(TENANT)).map(({ event }) => event)).toEqual(["models-put-off"]);
      expect(await modelNotices.open(TENANT, 9)).toEqual([]);
      expect(await modelNotices.putOff(TENANT, 9)).toEqual([{ ...next, version: 2 }]);
    });

    it("come newest first, no more than asked for", async () => {
      const { modelNotices } = store;
      const at = (id: string, day: string) => aNotice({ id, foundAt: `2026-11-${day}T00:00:00.000Z` });
      await modelNotices.learn(TENANT, [], [at("old", "01"), at("new", "03"), at("middle", "02")]);
      expect((await modelNotices.open(TENANT, 2)).map(({ id }) => id)).toEqual(["new", "middle"]);
    });
  });
}
