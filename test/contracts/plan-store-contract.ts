import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "../../src/core/audit/chain.js";
import type { AuditEntry } from "../../src/core/audit/record.js";
import { conversationId } from "../../src/core/person.js";
import type { FoundPolicy, Plan, PlanNote, PlanState } from "../../src/core/plan/plan.js";
import type { Some } from "../../src/core/stores/plan-store.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import {
  ADA,
  AT,
  applying,
  BOB,
  cancelled,
  draft,
  entry,
  entryOf,
  OTHER_TENANT,
  REPLICA,
  ROOM,
  TENANT,
  unknown,
  unrecordable,
  waiting,
} from "./stored-things.js";

const NOTE: PlanNote = { kind: "attempt-failed", at: AT, approver: BOB, why: "Graph said 403." };
/** What is recorded when a plan begins to be applied. */
const begun = (plan: Plan): Some<AuditEntry> => [
  entryOf(plan, "plan-approved"),
  entryOf(plan, "write-intended"),
];
const FOUND: FoundPolicy = {
  at: AT,
  policy: { state: "disabled" },
  sinceBefore: [],
  besideWanted: [{ setting: "state", before: "enabled", after: "disabled" }],
  writers: [],
  modelNames: {},
  groupNames: {},
};

export function describePlanStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: plans`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const create = (state: Plan["state"] = waiting): Promise<Plan> =>
      store.plans.create(draft({ state }), [entry()]);
    const recorded = async () =>
      (await store.audit.read(TENANT)).map(({ event, planNumber }) => [event, planNumber]);

    it("lists the last plans, newest first, without what makes them large", async () => {
      for (let count = 0; count < 3; count++) await store.plans.create(draft(), [entry()]);
      const third = (await store.plans.find(TENANT, 3)) ?? draft();
      const listed = await store.plans.latest(TENANT, 2);
      expect(listed.map(({ number }) => number)).toEqual([3, 2]);
      const { proposal, ...rest } = third;
      expect(listed[0]).toEqual({ ...rest, proposal: { modelNames: proposal.modelNames } });
      expect(await store.plans.latest(OTHER_TENANT, 2)).toEqual([]);
    });

    it("says which version a plan has, without reading it", async () => {
      const plan = await create();
      expect(await store.plans.versionOf(TENANT, 1)).toBe(1);
      await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      expect(await store.plans.versionOf(TENANT, 1)).toBe(2);
      expect(await store.plans.versionOf(TENANT, 2)).toBeUndefined();
      expect(await store.plans.versionOf(OTHER_TENANT, 1)).toBeUndefined();
    });

    it("finds the newest that was applied among the last, and none further back", async () => {
      const applied: PlanState = { kind: "applied", by: BOB, at: AT, clientRequestId: "1", otherWriters: [] };
      expect(await store.plans.lastApplied(TENANT, 3)).toBeUndefined();
      for (const state of [applied, applied, waiting, cancelled]) await create(state);
      expect(await store.plans.lastApplied(TENANT, 3)).toMatchObject({ number: 2, state: applied });
      expect(await store.plans.lastApplied(TENANT, 2)).toBeUndefined();
      expect(await store.plans.lastApplied(OTHER_TENANT, 3)).toBeUndefined();
    });

    it("are read through newest first, among the last, and only those that name a thing", async () => {
      const large = "x".repeat(3_000_000);
      for (const command of ["about Group-1", large, large, "about group-12", "nothing"]) {
        await store.plans.create(draft({ command }), [entry()]);
      }
      const through = async (among: number, naming?: readonly string[]) => {
        const read: Plan[] = [];
        for await (const plan of store.plans.readThrough(TENANT, { among, ...(naming && { naming }) })) {
          read.push(plan);
        }
        return read;
      };
      const numbers = async (...which: Parameters<typeof through>) =>
        (await through(...which)).map(({ number }) => number);
      expect(await through(2)).toEqual([
        await store.plans.find(TENANT, 5),
        await store.plans.find(TENANT, 4),
      ]);
      expect(await numbers(9)).toEqual([5, 4, 3, 2, 1]);
      expect(await numbers(9, ["group-1", "nothing"])).toEqual([5, 4, 1]);
      expect(await numbers(3, ["GROUP-1"])).toEqual([4]);
      expect(await numbers(9, ["neither"])).toEqual([]);
      expect(await store.plans.countAll(TENANT)).toBe(5);
      expect(await store.plans.countAll(OTHER_TENANT)).toBe(0);
    });

    it("lists a plan as it was changed last", async () => {
      const plan = await store.plans.create(draft(), [entry()]);
      await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      expect(await store.plans.latest(TENANT, 5)).toMatchObject([{ number: 1, state: cancelled }]);
    });

    it("are numbered from 1 in each tenant", async () => {
      const numbers: number[] = [];
      for (const tenantId of [TENANT, TENANT, OTHER_TENANT, TENANT]) {
        numbers.push((await store.plans.create(draft({ tenantId }), [entry({ tenantId })])).number);
      }
      expect(numbers).toEqual([1, 2, 1, 3]);
    });

    it("are numbered without gaps when fifty are made at once", async () => {
      const plans = await Promise.all(Array.from({ length: 50 }, () => create()));
      const numbers = plans.map((plan) => plan.number).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      const records = await store.audit.read(TENANT);
      expect(verifyChain(records)).toMatchObject({ kind: "intact", head: { sequence: 50 } });
      expect(new Set(records.map((record) => record.planNumber))).toEqual(new Set(numbers));
    });

    it("leave no gap in the numbers when one could not be stored", async () => {
      await expect(store.plans.create(draft(), [unrecordable()])).rejects.toMatchObject({
        code: "store-unavailable",
      });
      expect((await create()).number).toBe(1);
    });

    it("are kept exactly as they were, in version 1, with their records", async () => {
      const plan = await store.plans.create(draft(), [entry(), entry({ event: "plan-approved", by: BOB })]);
      expect(plan).toEqual({ ...draft(), number: 1, version: 1, installation: expect.any(String) });
      expect(await store.plans.find(TENANT, 1)).toEqual(plan);
      expect(await recorded()).toEqual([
        ["plan-proposed", 1],
        ["plan-approved", 1],
      ]);
    });

    it("name the installation that numbered them, which stays the same in a tenant", async () => {
      const [first, second] = [await create(), await create()];
      expect(first.installation).toMatch(/^[0-9a-f-]{36}$/);
      expect(second.installation).toBe(first.installation);
      expect(
        await store.plans.create(draft({ tenantId: OTHER_TENANT }), [entry({ tenantId: OTHER_TENANT })]),
      ).not.toMatchObject({
        installation: first.installation,
      });
    });

    it("are found in their own tenant only", async () => {
      const { number } = await create();
      expect(await store.plans.find(OTHER_TENANT, number)).toBeUndefined();
      expect(await store.plans.find(TENANT, number + 1)).toBeUndefined();
    });

    it("are replaced when nothing happened to them since they were read", async () => {
      const plan = await create();
      const next: Plan = {
        ...plan,
        approvals: [{ by: BOB, at: AT, revision: 1, conversation: ROOM }],
        state: applying,
      };
      const replaced = await store.plans.replace(next, [{ ...entryOf(plan, "plan-approved"), by: BOB }]);
      expect(replaced).toMatchObject({ kind: "replaced", plan: { ...next, version: 2 } });
      expect(replaced.kind === "replaced" && replaced.records).toEqual(
        (await store.audit.read(TENANT)).slice(1),
      );
      expect(await store.plans.find(TENANT, 1)).toEqual({ ...next, version: 2 });
      expect((await store.plans.open(TENANT)).map((open) => open.state.kind)).toEqual(["applying"]);
    });

    it("are not replaced by somebody who read an older version", async () => {
      const plan = await create();
      await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      const late = await store.plans.replace({ ...plan, state: applying }, [entryOf(plan, "write-intended")]);
      expect(late).toEqual({ kind: "conflict" });
      expect((await store.plans.find(TENANT, 1))?.state).toEqual(cancelled);
      expect(await recorded()).toEqual([
        ["plan-proposed", 1],
        ["plan-cancelled", 1],
      ]);
    });

    it("are replaced by exactly one of two who decide at the same time", async () => {
      const plan = await create();
      const results = await Promise.all([
        store.plans.replace({ ...plan, state: applying }, [entryOf(plan, "plan-approved")]),
        store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]),
      ]);
      expect(results.map((result) => result.kind).sort()).toEqual(["conflict", "replaced"]);
      expect(await store.audit.read(TENANT)).toHaveLength(2);
    });

    it("that do not exist conflict", async () => {
      const plan: Plan = { ...draft(), number: 7, version: 1 };
      expect(await store.plans.replace(plan, [entry()])).toEqual({ kind: "conflict" });
      expect(await store.audit.read(TENANT)).toEqual([]);
    });

    it("are applied one at a time in a tenant: the second is busy, and unchanged", async () => {
      const [first, second] = [await create(), await create()];
      await store.plans.replace({ ...first, state: applying }, begun(first));
      const busy = await store.plans.replace({ ...second, state: applying }, [
        entryOf(second, "write-intended"),
      ]);
      expect(busy).toEqual({ kind: "busy" });
      expect(await store.plans.find(TENANT, second.number)).toEqual(second);
      expect(await recorded()).not.toContainEqual(["write-intended", second.number]);
    });

    it("are applied one at a time even when two are approved at the same moment", async () => {
      const plans = [await create(), await create()];
      const results = await Promise.all(
        plans.map((plan) =>
          store.plans.replace({ ...plan, state: applying }, [entryOf(plan, "write-intended")]),
        ),
      );
      expect(results.map((result) => result.kind).sort()).toEqual(["busy", "replaced"]);
    });

    it("may be applied while another waits, was applied, or belongs to another tenant", async () => {
      const [first, second] = [await create(), await create()];
      const elsewhere = await store.plans.create(draft({ tenantId: OTHER_TENANT }), [
        entry({ tenantId: OTHER_TENANT }),
      ]);
      expect(await store.plans.replace({ ...elsewhere, state: applying }, begun(elsewhere))).toMatchObject({
        kind: "replaced",
      });
      const started = await store.plans.replace({ ...first, state: applying }, begun(first));
      if (started.kind !== "replaced") throw new Error(`expected replaced, got ${started.kind}`);
      // The one being applied may itself be stored again, and then makes room.
      const noted = await store.plans.replace({ ...started.plan, note: NOTE }, [
        entryOf(first, "write-unknown"),
      ]);
      if (noted.kind !== "replaced") throw new Error(`expected replaced, got ${noted.kind}`);
      await store.plans.replace({ ...noted.plan, state: unknown }, [entryOf(first, "write-unknown")]);
      expect(await store.plans.replace({ ...second, state: applying }, begun(second))).toMatchObject({
        kind: "replaced",
      });
    });

    it("stay as they were when a record cannot be written", async () => {
      const plan = await create();
      const change = store.plans.replace({ ...plan, state: applying }, [
        entryOf(plan, "plan-approved"),
        unrecordable(),
      ]);
      await expect(change).rejects.toMatchObject({ code: "store-unavailable" });
      expect(await store.plans.find(TENANT, 1)).toEqual(plan);
      expect(await recorded()).toEqual([["plan-proposed", 1]]);
    });

    it("stay as they were when the database refuses the record", async () => {
      const plan = await create();
      // Its place is taken: the database's own unique key says no.
      await opened.meddle("update tenants set last_audit = 0");
      const change = store.plans.replace({ ...plan, state: applying }, [entryOf(plan, "write-intended")]);
      await expect(change).rejects.toMatchObject({ name: "Fault", code: "store-unavailable" });
      expect(await store.plans.find(TENANT, 1)).toEqual(plan);
    });

    it("survive being closed and opened", async () => {
      const plan = await create();
      await store.plans.replace({ ...plan, state: applying }, [entryOf(plan, "write-intended")]);
      store = await opened.reopen();
      expect(await store.plans.find(TENANT, 1)).toEqual({ ...plan, state: applying, version: 2 });
      expect((await create()).number).toBe(2);
      expect(verifyChain(await store.audit.read(TENANT))).toMatchObject({
        kind: "intact",
        head: { sequence: 3 },
      });
    });

    it.each([
      ["is no JSON", "update plans set body = '{'"],
      ["lacks what a plan has", "update plans set body = '{}'"],
      [
        "is in no state we know",
        `update plans set state = 'blessed', body = replace(body, '"waiting"', '"blessed"')`,
      ],
      ["is another plan than its key says", "update plans set number = 2"],
      ["was moved to another tenant", `update plans set tenant_id = '${OTHER_TENANT}'`],
      ["was put back to an older version", "update plans set version = 9"],
      ["was put into another state", "update plans set state = 'applying'"],
    ])("are not believed when what is stored %s", async (_, sql) => {
      await create();
      await opened.meddle(sql);
      for (const tenant of [TENANT, OTHER_TENANT]) {
        for (const number of [1, 2]) {
          const found = store.plans.find(tenant, number).catch((error: unknown) => error);
          expect([undefined, "store-altered"]).toContain(
            ((await found) as { code?: string } | undefined)?.code,
          );
          expect(await found).not.toMatchObject({ requester: ADA });
        }
      }
    });

    it.each<[string, PlanState, string]>([
      ["which process applies it", applying, `"replica":"${REPLICA}"`],
      ["who lost sight of its write", unknown, '"lostSight"'],
      ["what was found instead", { ...unknown, seen: "something-else", found: FOUND }, '"found"'],
      ["when its scan began", waiting, '"from"'],
      ["where it was approved", cancelled, '"conversation":"a:approver"'],
    ])("are not believed when what is stored does not say %s", async (_, state, member) => {
      const approvals = [{ by: BOB, at: AT, revision: 1, conversation: conversationId("a:approver") }];
      const { number } = await store.plans.create(draft({ state, approvals }), [entry()]);
      expect((await store.plans.find(TENANT, number))?.state).toEqual(state);
      const another = member.replace(/^"\w+"/, '"other"');
      await opened.meddle(`update plans set body = replace(body, '${member}', '${another}')`);
      await expect(store.plans.find(TENANT, number)).rejects.toThrow(
        `reading plan #${number}: it is damaged, or was stored by another version`,
      );
    });
  });
}
