import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { textHash } from "../../src/core/audit/chain.js";
import type { AuditEntry } from "../../src/core/audit/record.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { proposalDetail, termsDetail } from "../../src/core/plan/plan-entry.js";
import type { Some } from "../../src/core/stores/plan-store.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, applying, BOB, cancelled, draft, entry, entryOf, ROOM, TENANT } from "./stored-things.js";

/** What a store does with a plan that was edited behind its back: nothing, and it says so. */
export function describeAlteredPlans(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: plans that were edited`, () => {
    let opened: OpenedStore;
    let store: Store;
    let plan: Plan;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      const detail = { ...termsDetail(draft()), ...proposalDetail(draft().proposal) };
      plan = await store.plans.create(draft(), [entry({ revision: 1, detail })]);
    });
    afterEach(() => opened.close());

    const approvedBy = (person = BOB): Some<AuditEntry> => [
      { ...entryOf(plan, "plan-approved"), by: person },
    ];
    const given = (person = BOB, revision = 1) => ({ by: person, at: AT, revision, conversation: ROOM });
    const replaceInBody = (from: string, to: string) =>
      opened.meddle(`update plans set body = replace(body, '${from}', '${to}')`);

    it.each<[string, string, string, string]>([
      ["what it would write", '"after":{', '"after":{"forged":true,', "proposal"],
      ["what it is written over", '"before":{', '"before":{"forged":true,', "proposal"],
      ["whether it narrows", '"narrows":false', '"narrows":true', "proposal"],
      ["the scan it rests on", '"scanId":"scan-1"', '"scanId":"scan-2"', "proposal"],
      ["what an approver is warned of", "starts-to-restrict", "list-is-empty", "proposal"],
      ["what was asked for", '"authenticators":["ios"]', '"authenticators":["android"]', "proposal"],
      ["how many approvals it needs", '"approvalsRequired":1', '"approvalsRequired":2', "proposal"],
      ["who asked for it", ADA.id, BOB.id, "requester"],
      ["its revision", '"revision":1', '"revision":2', "revision"],
      ["who approved it", '"approvals":[]', `"approvals":[${JSON.stringify(given())}]`, "approvals"],
      ["where it was asked for", '"19:room@thread', '"19:other@thread', "row"],
      ["a name on its card", '"groupNames":{}', '"groupNames":{"a":"Pilot"}', "row"],
    ])("are not touched, whatever is asked of them: %s", async (_, from, to, why) => {
      const asked = async (next: Plan, records: Some<AuditEntry>) =>
        expect(await store.plans.replace(next, records)).toEqual({ kind: "altered", why });
      expect(await store.plans.whyAltered(TENANT, 1)).toBeUndefined();
      await replaceInBody(from, to);
      expect(await store.plans.whyAltered(TENANT, 1)).toBe(why);
      const edited = (await store.plans.find(TENANT, 1)) as Plan;
      expect(edited).not.toEqual(plan);
      const approvals = [...edited.approvals, given()];
      await asked({ ...edited, approvals }, approvedBy());
      await asked({ ...edited, approvals, state: applying }, approvedBy());
      await asked({ ...edited, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      expect(await store.plans.find(TENANT, 1)).toEqual(edited);
      expect(await store.audit.read(TENANT)).toHaveLength(1);
    });

    it("are not touched when their time was put off, here and in the column it is found by", async () => {
      const later = "2999-01-01T00:00:00.000Z";
      await replaceInBody(`"expiresAt":"${plan.expiresAt}"`, `"expiresAt":"${later}"`);
      await opened.meddle(`update plans set expires_at = '${later}'`);
      const edited = (await store.plans.find(TENANT, 1)) as Plan;
      expect(await store.plans.replace({ ...edited, state: applying }, approvedBy())).toEqual({
        kind: "altered",
        why: "proposal",
      });
    });

    it("are not touched when they were brought back after their end", async () => {
      await store.plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      const before = JSON.stringify(plan).replaceAll("'", "''").replaceAll("\u0000", "\\u0000");
      await opened.meddle(`update plans set body = '${before}', state = 'waiting', version = 1`);
      const back = (await store.plans.find(TENANT, 1)) as Plan;
      expect(await store.plans.replace({ ...back, state: applying }, approvedBy())).toEqual({
        kind: "altered",
        why: "state",
      });
    });

    it.each<[string, string, string]>([
      ["was filed under no plan", "update audit set plan_number = null where sequence = 2", "state"],
      ["was filed under another plan", "update audit set plan_number = 7 where sequence = 2", "state"],
      ["was removed", "delete from audit where sequence = 2", "record"],
    ])("are not touched when they were brought back and the record of their end %s", async (_, sql, why) => {
      const { plans, audit } = store;
      await plans.replace({ ...plan, state: cancelled }, [entryOf(plan, "plan-cancelled")]);
      await audit.append(entry({ event: "approval-room-set" }));
      const before = JSON.stringify(plan).replaceAll("'", "''");
      await opened.meddle(`update plans set body = '${before}', state = 'waiting', version = 1`);
      await opened.meddle(sql);
      const back = (await plans.find(TENANT, 1)) as Plan;
      expect(await plans.replace({ ...back, state: applying }, approvedBy())).toEqual({
        kind: "altered",
        why,
      });
    });

    it.each<[string, string, string]>([
      [
        "one of their records was edited",
        "update audit set body = replace(body, 'ios', 'android')",
        "record",
      ],
      ["a record was filed under another plan", "update audit set plan_number = 2", "no-record"],
      ["their records are gone", "delete from audit", "no-record"],
    ])("are not touched when %s", async (_, sql, why) => {
      await opened.meddle(sql);
      expect(await store.plans.whyAltered(TENANT, 1)).toBe(why);
      const next = { ...plan, state: applying };
      expect(await store.plans.replace(next, approvedBy())).toEqual({ kind: "altered", why });
    });

    it("are not touched when the edit is in the record as well, down to its hash, and tells two things", async () => {
      await replaceInBody('"after":{', '"after":{"forged":true,');
      const [record] = await store.audit.read(TENANT);
      const edited = (await store.plans.find(TENANT, 1)) as Plan;
      const forged = JSON.stringify(plan).replace('"after":{', '"after":{"forged":true,');
      await opened.meddle(
        `update audit set body = replace(body, '${record?.planHash}', '${textHash(forged)}')`,
      );
      expect(await store.plans.replace({ ...edited, state: applying }, approvedBy())).toEqual({
        kind: "altered",
        why: "record",
      });
    });

    it("are not sealed when the edit was put back while it was being decided", async () => {
      const forged = { ...plan, proposal: { ...plan.proposal, after: { state: "forged" } } };
      const altered = { kind: "altered", why: "read" };
      expect(await store.plans.replace({ ...forged, state: applying }, approvedBy())).toEqual(altered);
      expect(await store.plans.whyAltered(TENANT, 1, forged)).toBe("read");
      expect(await store.plans.whyAltered(TENANT, 1, plan)).toBeUndefined();
      const bought = { ...plan, approvals: [given(ADA), given()], state: applying };
      expect(await store.plans.replace(bought, approvedBy())).toEqual(altered);
      const anyone = { ...plan, requester: BOB, state: applying };
      expect(await store.plans.replace(anyone, approvedBy())).toEqual(altered);
      const revised = { ...anyone, revision: 2, state: plan.state };
      expect(await store.plans.replace(revised, [entryOf(plan, "plan-revised")])).toEqual(altered);
      expect(await store.plans.find(TENANT, 1)).toEqual(plan);
    });

    it("are so when they are gone, and when only a column says something else", async () => {
      await opened.meddle("update plans set state = 'applying'");
      expect(await store.plans.whyAltered(TENANT, 1)).toBe("row");
      await opened.meddle("delete from plans");
      expect(await store.plans.whyAltered(TENANT, 1)).toBe("row");
    });

    it("say so rather than that another process was first", async () => {
      await replaceInBody('"version":1', '"version":2');
      await opened.meddle("update plans set version = 2");
      expect(await store.plans.replace({ ...plan, state: applying }, approvedBy())).toEqual({
        kind: "altered",
        why: "row",
      });
    });

    it("that were not edited go on: approved twice, tried, made anew, and closed", async () => {
      const step = async (now: Plan, next: Partial<Plan>, ...records: Some<AuditEntry>): Promise<Plan> => {
        const stored = await store.plans.replace({ ...now, ...next }, records);
        if (stored.kind !== "replaced") throw new Error(JSON.stringify(stored));
        return stored.plan;
      };
      const eve = { ...ADA, name: "Eve" };
      const one = await step(plan, { approvals: [given(eve)] }, ...approvedBy(eve));
      const begun = await step(one, { approvals: [given(eve), given()], state: applying }, ...approvedBy(), {
        ...entryOf(plan, "write-intended"),
        by: BOB,
        detail: { body: { state: "enabled" } },
      });
      const open = await step(
        begun,
        { approvals: [given(eve)], state: { kind: "waiting" } },
        { ...entryOf(plan, "attempt-failed"), by: BOB },
      );
      const proposal = { ...plan.proposal, after: { ...plan.proposal.after, state: "disabled" } };
      const revised = await step(
        open,
        { revision: 2, approvals: [], proposal },
        {
          ...entryOf(plan, "plan-revised"),
          detail: { revision: 2, ...termsDetail(plan), ...proposalDetail(proposal) },
        },
      );
      await step(revised, { state: cancelled }, entryOf(revised, "plan-cancelled"));
    });
  });
}
