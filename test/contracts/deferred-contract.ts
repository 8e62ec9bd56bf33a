import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRecordOfAsked } from "../../src/core/plan/recorded/asked-entry.js";
import type { PlanStore } from "../../src/core/stores/plan-store.js";
import type { AuditLog, DeferredChange, DeferredStore } from "../../src/core/stores.js";
import { ADA, AT, BOB, draft, entry, OTHER_TENANT, ROOM, TENANT, unrecordable } from "./stored-things.js";

/** What waits, and the plans that come of it, for one test. */
export interface OpenedWaiting {
  readonly deferred: DeferredStore;
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  close(): Promise<void>;
}

function waitingFor(
  id: string,
  changes: { tenantId?: typeof TENANT; askedAt?: string } = {},
): DeferredChange {
  return {
    id,
    tenantId: TENANT,
    person: ADA,
    conversation: ROOM,
    askedAt: AT,
    kind: "propose",
    command: { kind: "remove", models: ["a 'key' \u0000"] },
    typed: "remove a 'key' \u0000",
    ...changes,
  };
}

/** As the store gives it, with the number of its record. */
const recorded = (waiting: DeferredChange, recordedAs: number): DeferredChange => ({
  ...waiting,
  recordedAs,
});

export function describeWaiting(name: string, open: () => Promise<OpenedWaiting>): void {
  describe(`${name}: what waits for a scan`, () => {
    let opened: OpenedWaiting;
    let waiting: DeferredStore;
    beforeEach(async () => {
      opened = await open();
      waiting = opened.deferred;
    });
    afterEach(() => opened.close());

    it("is kept as it is, oldest first, for its own tenant", async () => {
      const newer = waitingFor("1", { askedAt: "2026-11-22T10:43:00.000Z" });
      const { id, tenantId, person, conversation, askedAt } = waitingFor("2");
      const older = { id, tenantId, person, conversation, askedAt, kind: "revise", planNumber: 7 } as const;
      const elsewhere = waitingFor("3", { tenantId: OTHER_TENANT });
      for (const each of [newer, older, elsewhere]) await waiting.add(each);
      expect(await waiting.all(TENANT)).toEqual([recorded(older, 2), recorded(newer, 1)]);
      expect(await waiting.all(OTHER_TENANT)).toEqual([recorded(elsewhere, expect.any(Number))]);
    });

    it("is gone once it was removed, and removing it again does no harm", async () => {
      for (const id of ["1", "2"]) await waiting.add(waitingFor(id));
      for (const id of ["1", "1", "never"]) await waiting.remove(id);
      expect(await waiting.all(TENANT)).toEqual([recorded(waitingFor("2"), 2)]);
    });

    it("is added once, however often it is asked for", async () => {
      await waiting.add(waitingFor("1"));
      await waiting.add(waitingFor("1", { askedAt: "2026-11-22T10:43:00.000Z" }));
      expect(await waiting.all(TENANT)).toEqual([recorded(waitingFor("1"), 1)]);
      const records = await opened.audit.read(TENANT);
      expect(records).toMatchObject([{ event: "change-asked", by: ADA, conversation: ROOM, at: AT }]);
      const [asked] = await waiting.all(TENANT);
      expect(asked && isRecordOfAsked(records[0], asked)).toBe(true);
      expect(asked && isRecordOfAsked(records[0], { ...asked, person: BOB })).toBe(false);
    });

    it("becomes one plan, with its records, and does not wait any more", async () => {
      await waiting.add(waitingFor("1"));
      await waiting.add(waitingFor("2"));
      const made = await opened.plans.propose(draft(), [entry()], { deferredId: "1" });
      const plan = made.kind === "created" ? made.plan : undefined;
      expect(plan).toEqual({ ...draft(), number: 1, version: 1, installation: expect.any(String) });
      expect(await opened.plans.find(TENANT, 1)).toEqual(plan);
      expect(await waiting.all(TENANT)).toEqual([recorded(waitingFor("2"), 2)]);
      expect((await opened.audit.read(TENANT)).slice(2)).toMatchObject([
        { event: "plan-proposed", planNumber: 1 },
      ]);
    });

    it("becomes one plan only, however often it is tried and even at the same moment", async () => {
      await waiting.add(waitingFor("1"));
      const create = () => opened.plans.propose(draft(), [entry()], { deferredId: "1" });
      const made = [...(await Promise.all([create(), create()])), await create()];
      expect(made.filter(({ kind }) => kind === "created")).toHaveLength(1);
      expect(await opened.plans.open(TENANT)).toHaveLength(1);
      expect(await opened.audit.read(TENANT)).toHaveLength(2);
      expect((await opened.plans.create(draft(), [entry()])).number).toBe(2);
    });

    it("is removed together with the record of how it was answered, once", async () => {
      await waiting.add(waitingFor("1"));
      const answer = entry({ event: "change-answered", detail: { waitedSince: 1, answer: "refused" } });
      await expect(waiting.remove("1", unrecordable())).rejects.toThrow();
      expect(await waiting.all(TENANT)).toHaveLength(1);
      for (let times = 0; times < 2; times++) await waiting.remove("1", answer);
      expect(await waiting.all(TENANT)).toEqual([]);
      const events = (await opened.audit.read(TENANT)).map(({ event }) => event);
      expect(events).toEqual(["change-asked", "change-answered"]);
    });

    it("becomes no plan when it was removed", async () => {
      await waiting.add(waitingFor("1"));
      await waiting.remove("1");
      expect(await opened.plans.propose(draft(), [entry()], { deferredId: "1" })).toEqual({
        kind: "answered",
      });
      expect(await opened.plans.open(TENANT)).toEqual([]);
      expect(await opened.audit.read(TENANT)).toMatchObject([{ event: "change-asked" }]);
    });

    it("goes on waiting when the record of its plan cannot be written", async () => {
      await waiting.add(waitingFor("1"));
      const made = opened.plans.propose(draft(), [entry(), unrecordable()], { deferredId: "1" });
      await expect(made).rejects.toThrow();
      expect(await waiting.all(TENANT)).toEqual([recorded(waitingFor("1"), 1)]);
      expect(await opened.plans.open(TENANT)).toEqual([]);
      expect(await opened.audit.read(TENANT)).toMatchObject([{ event: "change-asked" }]);
      expect(await opened.plans.propose(draft(), [entry()], { deferredId: "1" })).toMatchObject({
        plan: { number: 1 },
      });
    });
  });
}
