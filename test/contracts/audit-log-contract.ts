import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "../../src/core/audit/chain.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { cancelled, draft, entry, entryOf, OTHER_TENANT, TENANT } from "./stored-things.js";

export function describeAuditLog(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: the audit log`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it("gives back exactly what was sealed", async () => {
      const sealed = await store.audit.append(entry());
      expect(sealed).toMatchObject({ ...entry(), sequence: 1 });
      expect(await store.audit.read(TENANT)).toEqual([sealed]);
    });

    it("keeps one chain a tenant, whatever adds to it", async () => {
      await store.audit.append(entry());
      await store.plans.create(draft(), [entry()]);
      await store.audit.append(entry({ tenantId: OTHER_TENANT }));
      await store.audit.append(entry({ event: "plan-expired" }));
      for (const [tenant, sequence] of [[TENANT, 3] as const, [OTHER_TENANT, 1] as const]) {
        expect(verifyChain(await store.audit.read(tenant))).toMatchObject({
          kind: "intact",
          head: { sequence },
        });
      }
    });

    it("stays one chain when many add to it at once", async () => {
      await Promise.all(Array.from({ length: 50 }, () => store.audit.append(entry())));
      const records = await store.audit.read(TENANT);
      expect(verifyChain(records)).toMatchObject({ kind: "intact", head: { sequence: 50 } });
    });

    it("is read in order, from a number on, and no more than asked", async () => {
      for (let count = 0; count < 5; count++) await store.audit.append(entry());
      const read = async (options: { fromSequence?: number; limit?: number }) =>
        (await store.audit.read(TENANT, options)).map((record) => record.sequence);
      expect(await read({})).toEqual([1, 2, 3, 4, 5]);
      expect(await read({ fromSequence: 3 })).toEqual([3, 4, 5]);
      expect(await read({ fromSequence: 2, limit: 2 })).toEqual([2, 3]);
      expect(await read({ fromSequence: 6 })).toEqual([]);
    });

    describe("asked for the last record of an event", () => {
      const scanEnds = () => store.audit.append(entry({ event: "scan-finished" }));
      const last = (after: number) => store.audit.lastOf(TENANT, "scan-finished", after);

      it("finds it by what it says itself, also where another record quotes it", async () => {
        await scanEnds();
        await store.audit.append(entry({ detail: { typed: '"event":"scan-finished"' } }));
        expect(await last(0)).toBe(1);
        expect(await last(1)).toBeUndefined();
        expect(await store.audit.lastOf(OTHER_TENANT, "scan-finished", 0)).toBeUndefined();
      });

      it("finds the newer one from then on, and the older one when asked further back", async () => {
        await scanEnds();
        await scanEnds();
        expect(await last(1)).toBe(2);
        await store.audit.append(entry());
        await scanEnds();
        expect(await last(1)).toBe(4);
        expect(await last(4)).toBeUndefined();
        expect(await last(0)).toBe(4);
      });

      it("still knows of one that it found, when its words are edited away afterwards", async () => {
        await scanEnds();
        await store.audit.append(entry());
        expect(await last(0)).toBe(1);
        await opened.meddle("update audit set body = replace(body, 'scan-finished', 'scan-vanished')");
        expect(await last(0)).toBe(1);
      });

      it("looks anew in a store that was put back to an earlier state", async () => {
        await store.audit.append(entry());
        await scanEnds();
        expect(await last(0)).toBe(2);
        await opened.meddle("delete from audit where sequence > 1");
        expect(await last(0)).toBeUndefined();
      });
    });

    it("is read by plan, whatever is in between", async () => {
      const first = await store.plans.create(draft(), [entry()]);
      await store.plans.create(draft(), [entry()]);
      await store.audit.append(entryOf(first, "evidence-given"));
      await store.audit.append(entry({ event: "approval-room-set" }));
      const read = await store.audit.read(TENANT, { planNumber: first.number });
      expect(read.map(({ event }) => event)).toEqual(["plan-proposed", "evidence-given"]);
      const second = await store.audit.read(TENANT, { planNumber: 1, fromSequence: 2, limit: 1 });
      expect(second.map(({ sequence }) => sequence)).toEqual([3]);
    });

    it("says where its end is, in each tenant", async () => {
      expect(await store.audit.head(TENANT)).toEqual({ sequence: 0, hash: "0".repeat(64) });
      await store.audit.append(entry());
      const { sequence, hash } = await store.audit.append(entry());
      expect(await store.audit.head(TENANT)).toEqual({ sequence, hash });
      expect(await store.audit.head(OTHER_TENANT)).toMatchObject({ sequence: 0 });
    });

    it("says how a plan was stored with each record that changes it", async () => {
      const plan = await store.plans.create(draft(), [entry()]);
      await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      await store.audit.append(entryOf(plan, "evidence-given"));
      const [proposed, closed, given] = await store.audit.read(TENANT);
      expect(proposed?.planHash).toMatch(/^[0-9a-f]{64}$/);
      expect(closed?.planHash).not.toBe(proposed?.planHash);
      expect(given?.planHash).toBeUndefined();
    });

    it("shows that a record was edited behind its back", async () => {
      for (let count = 0; count < 3; count++) await store.audit.append(entry());
      await opened.meddle(
        "update audit set body = replace(body, 'plan-proposed', 'plan-rejected') where sequence = 2",
      );
      expect(verifyChain(await store.audit.read(TENANT))).toEqual({
        kind: "broken",
        sequence: 2,
        why: "edited",
      });
    });

    it("does not go on where its end was cut off", async () => {
      for (let count = 0; count < 3; count++) await store.audit.append(entry());
      await opened.meddle("delete from audit where sequence = 3");
      store = await opened.reopen();
      await expect(store.audit.append(entry())).rejects.toThrow("record 3 is missing");
      expect(await store.audit.read(TENANT)).toHaveLength(2);
    });

    it("says which record is damaged", async () => {
      await store.audit.append(entry());
      await opened.meddle("update audit set body = 'gone'");
      await expect(store.audit.read(TENANT)).rejects.toThrow("reading audit record 1");
    });
  });
}
