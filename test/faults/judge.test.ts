import { expect, it } from "vitest";
import type { RequestRecord } from "../../simulators/graph/request-log.js";
import { seal } from "../../src/core/audit/chain.js";
import type { AuditEntry, AuditEvent, AuditRecord } from "../../src/core/audit/record.js";
import type { Person } from "../../src/core/person.js";
import type { PlanState } from "../../src/core/plan/plan.js";
import { ADA, AT, BOB, draft, REPLICA, TENANT } from "../contracts/stored-things.js";
import { type Evidence, INTACT, judge } from "./judge.js";

const LATER = "2026-11-22T10:42:01.000Z";

type Happened = readonly [AuditEvent, Person?];

function records(...events: readonly Happened[]): readonly AuditRecord[] {
  const sealed: AuditRecord[] = [];
  for (const [event, by] of events) {
    const detail = { clientRequestId: "request-1" };
    const entry: AuditEntry = { tenantId: TENANT, at: AT, event, planNumber: 1, revision: 1, detail };
    sealed.push(seal({ ...entry, ...(by === undefined ? {} : { by }) }, sealed.at(-1)));
  }
  return sealed;
}

const APPROVED: readonly Happened[] = [
  ["plan-proposed", ADA],
  ["plan-approved", BOB],
  ["write-intended", BOB],
];

/** A PATCH with Bob's rights. */
const patch = {
  at: LATER,
  clientRequestId: "request-1",
  caller: { kind: "person", person: { id: BOB.id } },
} as unknown as RequestRecord;

const applied: PlanState = {
  kind: "applied",
  by: BOB,
  at: LATER,
  clientRequestId: "request-1",
  otherWriters: [],
};

/** What is there after one plan was approved and written, but for what a test changes. */
function evidence(changes: Partial<Evidence> = {}, state: PlanState = applied): Evidence {
  const plan = { ...draft(), number: 1, version: 3, state };
  return {
    stored: { records: records(...APPROVED, ["write-verified", BOB]), plans: [plan] },
    patches: [patch],
    effective: [patch],
    approvalsRequired: 1,
    ...changes,
  };
}
const withRecords = (...events: readonly Happened[]): Evidence => {
  const usual = evidence();
  return { ...usual, stored: { ...usual.stored, records: records(...events) } };
};

it("finds nothing wrong with a plan that was approved, written, read back and recorded", () => {
  expect(judge(evidence())).toEqual(INTACT);
});

it("notices a revision that was written twice, and a request that was sent twice", () => {
  const verdict = judge(evidence({ patches: [patch, patch], effective: [patch, patch] }));
  expect(verdict.doubleWrites).toHaveLength(2);
});

it("notices a request without its intention, or with one that came later", () => {
  expect(judge(withRecords(["plan-proposed", ADA])).recordsLost).toHaveLength(1);
  expect(
    judge(evidence({ patches: [{ ...patch, at: "2026-11-22T10:41:59.000Z" }] })).recordsLost,
  ).toHaveLength(1);
});

it("notices an intention without an outcome", () => {
  expect(judge(withRecords(...APPROVED)).recordsLost).toHaveLength(1);
});

it("notices a record that was lost from the chain, and a plan that is gone", () => {
  const { stored } = evidence();
  const shorter = { ...stored, records: stored.records.toSpliced(1, 1) };
  expect(judge(evidence({ stored: shorter })).recordsLost).not.toEqual([]);
  const renumbered = { ...stored, plans: stored.plans.map((plan) => ({ ...plan, number: 2 })) };
  expect(judge(evidence({ stored: renumbered })).recordsLost).not.toEqual([]);
});

it("notices a plan that is stuck", () => {
  const unknown: PlanState = {
    kind: "unknown",
    by: BOB,
    at: LATER,
    lostSight: { replica: REPLICA, elapsed: 1_000 },
    clientRequestId: "request-1",
    seen: "nothing",
  };
  expect(judge(evidence({}, unknown)).plansStuck).toEqual(["plan #1 is unknown"]);
});

it("notices who approved: too few, the one who asked, or somebody else than the one whose rights were used", () => {
  const alone = withRecords(["plan-proposed", ADA], ["write-intended", BOB], ["write-verified", BOB]);
  expect(judge(alone).broken.join()).toContain("had 0 approvals");
  const own = withRecords(["plan-approved", ADA], ["write-intended", ADA], ["write-verified", ADA]);
  expect(judge(own).broken.join()).toContain("by the one who asked");
  expect(judge(own).broken.join()).toContain("did not approve last");
  expect(judge(evidence({ approvalsRequired: 2 })).broken).toEqual(["#1 revision 1 had 1 approvals"]);
});

it("notices when the record says something else than what happened", () => {
  expect(judge(evidence({ effective: [] })).broken.join()).toContain("not written, and the record says");
  const denied = withRecords(...APPROVED, ["attempt-failed", BOB]);
  expect(judge(denied).broken.join()).toContain("was written, and the record says attempt-failed");
});
