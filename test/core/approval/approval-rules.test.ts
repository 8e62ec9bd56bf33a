import { beforeEach, describe, expect, it } from "vitest";
import {
  approvalsNeeded,
  refuseApproval,
  standingApprovals,
  validApprovals,
} from "../../../src/core/approval/approval-rules.js";
import type { Shown } from "../../../src/core/audit/shown-digest.js";
import { refuse } from "../../../src/core/errors.js";
import { type Person, replicaId } from "../../../src/core/person.js";
import { findDecidable } from "../../../src/core/plan/open-plan.js";
import type { Approval, Plan, PlanState } from "../../../src/core/plan/plan.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN, LINUS, ROOM } from "../fake-world.js";
import { pressed } from "../pressed-cards.js";

let story: PlanStory;
let plan: Plan;
beforeEach(async () => {
  story = new PlanStory();
  plan = await story.propose();
});

const approvalBy = (by: Person, revision = 1): Approval => ({
  by,
  at: "2026-11-22T10:00:00.000Z",
  revision,
  conversation: ROOM,
});

describe("whether a plan can be decided", () => {
  const find = (click: Partial<Shown> & { planNumber: number } = pressed(plan)) =>
    findDecidable(story.world.ports, story.rules, click);

  it("is so of a plan that waits, in the revision on the card or in whatever it is when none is named", async () => {
    expect(await find()).toEqual(plan);
    expect(await find({ planNumber: 1 })).toEqual(plan);
  });

  it("is not so of a plan that is not there, nor of another revision than the one it has", async () => {
    expect(await find({ planNumber: 99 })).toEqual(refuse({ code: "unknown-plan", planNumber: 99 }));
    expect(await find({ ...pressed(plan), revision: 2 })).toEqual(
      refuse({ code: "stale-revision", planNumber: 1, revision: 1 }),
    );
  });

  it("is so until the millisecond before its time is up", async () => {
    story.world.advance(60 * 60_000 - 1);
    expect(await find()).toEqual(plan);
    story.world.advance(1);
    expect(await find()).toEqual(refuse({ code: "plan-expired", planNumber: 1, at: plan.expiresAt }));
  });

  const at = "2026-11-22T10:05:00.000Z";
  const by = GRACE;
  const clientRequestId = "c";
  const replica = replicaId("another");
  const decided = (state: string) => refuse({ code: "already-decided", planNumber: 1, state, by });
  it.each<[PlanState, object]>([
    [
      { kind: "applying", by, at, clientRequestId, replica },
      refuse({ code: "being-applied", planNumber: 1, by }),
    ],
    [
      { kind: "unknown", by, at, clientRequestId, seen: "before", lostSight: { replica, elapsed: 0 } },
      refuse({ code: "being-applied", planNumber: 1, by }),
    ],
    [{ kind: "expired", at }, refuse({ code: "plan-expired", planNumber: 1, at })],
    [{ kind: "applied", by, at, clientRequestId, otherWriters: [] }, decided("applied")],
    [{ kind: "refused", by, at, status: 400, message: "no" }, decided("refused")],
    [{ kind: "rejected", by, at, reason: "no" }, decided("rejected")],
    [{ kind: "cancelled", by, at }, decided("cancelled")],
    [
      { kind: "superseded", at, why: "outcome-never-known", by },
      refuse({ code: "already-decided", planNumber: 1, state: "superseded" }),
    ],
  ])("is not so of one that is $kind", async (state, expected) => {
    story.world.store.plansByNumber.set(1, { ...plan, state });
    expect(await find()).toEqual(expected);
  });
});

describe("whether a person may approve", () => {
  const mayNot = (person: Person, of: Plan = plan) =>
    refuseApproval(story.world.ports, story.rules, of, person);

  it("is so of an approver who did not ask for it", async () => {
    expect(await mayNot(GRACE)).toBeUndefined();
  });

  it("is not so of the requester, unless the installation allows it to an approver", async () => {
    const own: Plan = { ...plan, requester: GRACE };
    expect(await mayNot(GRACE, own)).toEqual(refuse({ code: "own-plan", planNumber: 1 }));
    story.rules = { ...story.rules, allowSelfApproval: true };
    expect(await mayNot(GRACE, own)).toBeUndefined();
    expect(await mayNot(ADA)).toEqual(refuse({ code: "not-an-approver", required: { by: "roles" } }));
  });

  it("is not so of a person without the right, whatever else is wrong with the plan", async () => {
    expect(await mayNot(LINUS, narrowing({ complete: false }))).toEqual(
      refuse({ code: "not-an-approver", required: { by: "roles" } }),
    );
  });

  const narrowing = (coverage: { complete: boolean }): Plan => {
    const { impact } = plan.proposal;
    const narrowed = { ...impact, narrows: true, coverage: { ...impact.coverage, ...coverage } };
    return { ...plan, proposal: { ...plan.proposal, impact: narrowed } };
  };

  it("is not so while a plan that narrows rests on a scan that is incomplete", async () => {
    expect(await mayNot(GRACE, narrowing({ complete: true }))).toBeUndefined();
    expect(await mayNot(GRACE, narrowing({ complete: false }))).toEqual(
      refuse({ code: "scan-needed", planNumber: 1, why: "incomplete" }),
    );
  });

  it.each(["losing", "keepingAnother"] as const)(
    "is not so while an emergency account is among those %s a passkey, by the rules of today",
    async (which) => {
      const affected = (person: Person) => ({ ...person, isAdmin: false, models: [] });
      const { proposal } = plan;
      const cutting = {
        ...plan,
        proposal: { ...proposal, impact: { ...proposal.impact, [which]: [affected(LINUS), affected(JOAN)] } },
      };
      expect(await mayNot(GRACE, cutting)).toBeUndefined();
      story.rules = { ...story.rules, emergencyAccounts: [JOAN.id, ADA.id] };
      expect(await mayNot(GRACE, cutting)).toEqual(
        refuse({ code: "emergency-account-cut-off", people: [affected(JOAN)] }),
      );
    },
  );

  it("is not so twice, while approvals of others are missing", async () => {
    story.rules = { ...story.rules, approvalsRequired: 3 };
    const approved: Plan = { ...plan, approvals: [approvalBy(JOAN), approvalBy(GRACE)] };
    expect(await mayNot(GRACE, approved)).toEqual(
      refuse({ code: "already-approved", planNumber: 1, missing: 1 }),
    );
    expect(await mayNot(GRACE, { ...plan, approvals: [approvalBy(JOAN)] })).toBeUndefined();
  });

  it("is so again with all approvals there, since it takes a press to write", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const approved: Plan = { ...plan, approvals: [approvalBy(JOAN), approvalBy(GRACE)] };
    expect(await mayNot(GRACE, approved)).toBeUndefined();
  });

  it("is so again in a new revision, since the approval was for the one before", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    expect(await mayNot(GRACE, { ...plan, revision: 2, approvals: [approvalBy(GRACE)] })).toBeUndefined();
  });
});

describe("how many approvals a plan needs", () => {
  it("is what was said when it was made or what is said today, whichever is more", () => {
    const needs = (then: number, today: number) =>
      approvalsNeeded({ ...plan, approvalsRequired: then }, { ...story.rules, approvalsRequired: today });
    expect([needs(1, 2), needs(2, 1), needs(2, 2)]).toEqual([2, 2, 2]);
  });
});

describe("which approvals count", () => {
  it("are those of the revision that is shown, the first of each person", () => {
    const again = { ...approvalBy(GRACE, 2), at: "2026-11-22T10:30:00.000Z" };
    const approvals = [approvalBy(GRACE, 1), approvalBy(JOAN, 2), approvalBy(GRACE, 2), again];
    expect(validApprovals({ revision: 2, approvals })).toEqual([approvalBy(JOAN, 2), approvalBy(GRACE, 2)]);
  });

  it("are those of people who are approvers still, when it comes to a write", async () => {
    const approvals = [approvalBy(GRACE), approvalBy(LINUS), approvalBy(JOAN), approvalBy(JOAN, 2)];
    expect(await standingApprovals(story.world.ports, story.rules, { ...plan, approvals })).toEqual([
      approvalBy(GRACE),
      approvalBy(JOAN),
    ]);
  });

  it("are the requester's only while the installation allows that", async () => {
    const own: Plan = { ...plan, requester: JOAN, approvals: [approvalBy(GRACE), approvalBy(JOAN)] };
    const count = () => standingApprovals(story.world.ports, story.rules, own);
    expect(await count()).toEqual([approvalBy(GRACE)]);
    story.rules = { ...story.rules, allowSelfApproval: true };
    expect(await count()).toEqual([approvalBy(GRACE), approvalBy(JOAN)]);
  });
});
