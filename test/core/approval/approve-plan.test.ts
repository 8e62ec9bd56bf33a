import { beforeEach, describe, expect, it } from "vitest";
import { decidingRules } from "../../../src/core/access/strictest-rules.js";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import { verifyChain } from "../../../src/core/audit/chain.js";
import { refuse } from "../../../src/core/errors.js";
import { personId, replicaId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { patchBody } from "../../../src/core/policy/patch-body.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN, LINUS } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

const notAnApprover = (by: "ids" | "roles") => refuse({ code: "not-an-approver", required: { by } });

describe("approving", () => {
  it("writes once with the approver's rights, reads back, and records intent before and outcome after", async () => {
    const plan = await story.propose();
    const approvals = [story.approval(plan, GRACE)];
    const answer = await story.approve(plan);
    const applied: Plan = {
      ...plan,
      version: 3,
      approvals,
      state: {
        kind: "applied",
        by: GRACE,
        at: story.now(),
        clientRequestId: "id-2",
        requestId: "graph-1",
        otherWriters: [],
      },
    };
    expect(answer).toEqual({ kind: "decided", plan: applied });
    expect(story.stored(plan)).toEqual(applied);
    expect(story.world.patches).toEqual([
      { body: patchBody(plan.proposal.before, plan.proposal.after), clientRequestId: "id-2" },
    ]);
    expect(story.world.store.events()).toEqual([
      "plan-proposed",
      "plan-approved",
      "write-intended",
      "write-verified",
      "baseline-set",
    ]);
    expect(verifyChain(story.world.store.records).kind).toBe("intact");
  });

  it("shows the plan as it waits, as it is applied, and with its outcome", async () => {
    const plan = await story.propose();
    const approvals = [story.approval(plan, GRACE)];
    const at = story.now();
    await story.approve(plan);
    const replica = replicaId("this process");
    const state = { kind: "applying", by: GRACE, at, clientRequestId: "id-2", replica } as const;
    expect(story.world.announced).toEqual([
      plan,
      { ...plan, version: 2, approvals, state },
      story.stored(plan),
    ]);
  });

  it("asks for sign-in only from someone whose click could go ahead", async () => {
    const plan = await story.propose();
    expect(await approvePlan(story.world.ports, story.rules, story.click(plan), undefined)).toEqual({
      kind: "sign-in-needed",
      unmet: [],
    });
    expect(await approvePlan(story.world.ports, story.rules, story.click(plan, LINUS), undefined)).toEqual(
      notAnApprover("roles"),
    );
    expect(story.stored(plan)).toEqual(plan);
  });

  it("is not for the requester, unless the installation allows it", async () => {
    const plan = await story.propose(GRACE);
    expect(await story.approve(plan, GRACE)).toEqual(refuse({ code: "own-plan", planNumber: 1 }));
    story.rules = { ...story.rules, allowSelfApproval: true };
    expect(await story.approve(plan, GRACE)).toEqual(refuse({ code: "own-plan", planNumber: 1 }));
    story.world.store.leave({ ...plan, state: { kind: "expired", at: story.now() } });
    const allowed = await story.propose(GRACE);
    expect(await story.approve(allowed, GRACE)).toEqual(story.decided(allowed));
    expect(story.stored(allowed)?.state.kind).toBe("applied");
  });

  it("lets an empty list of approvers approve nothing, and a named group replace the role", async () => {
    story.rules = { ...story.rules, approvers: ["changers"] };
    const plan = await story.propose();
    story.rules = { ...story.rules, approvers: [] };
    expect(await story.approve(plan)).toEqual(notAnApprover("ids"));
    story.world.addGroup("changers", "Changers", LINUS.id);
    story.rules = { ...story.rules, approvers: ["changers"] };
    expect(await story.approve(plan, LINUS)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state).toMatchObject({ kind: "applied", by: LINUS });
  });

  it("makes one PATCH of two clicks at once, and tells the second who was first", async () => {
    const plan = await story.propose();
    const results = await Promise.all([
      story.approve(plan, GRACE),
      story.approve(plan, JOAN),
      story.approve(plan, GRACE),
    ]);
    expect(story.world.patches).toHaveLength(1);
    const beingApplied = refuse({ code: "being-applied", planNumber: 1, by: GRACE });
    expect(results).toEqual([story.decided(plan), beingApplied, beingApplied]);
    expect(await story.approve(plan, JOAN)).toEqual(
      refuse({ code: "already-decided", planNumber: 1, state: "applied", by: GRACE }),
    );
  });

  it("applies one plan of a tenant at a time", async () => {
    const first = await story.propose();
    const second = await story.propose(ADA, ["ios"]);
    let refused: unknown;
    story.world.beforePatch = async () => {
      refused = await story.approve(second, JOAN);
    };
    await story.approve(first);
    expect(refused).toEqual(refuse({ code: "tenant-busy", planNumber: 2 }));
    expect(story.world.patches).toHaveLength(1);
    expect(story.stored(second)).toEqual(second);
  });

  it("needs as many distinct people as the installation says; the last one writes", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    const first = story.approval(plan, GRACE);
    const counted: Plan = { ...plan, version: 2, approvals: [first] };
    expect(await story.approve(plan, GRACE)).toEqual({ kind: "decided", plan: counted });
    expect(story.world.announced.at(-1)).toEqual(counted);
    expect(await story.approve(plan, GRACE)).toEqual(
      refuse({ code: "already-approved", planNumber: 1, missing: 1 }),
    );
    expect(story.world.patches).toEqual([]);
    story.world.advance(1_000);
    const second = story.approval(plan, JOAN);
    expect(await story.approve(plan, JOAN)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state).toMatchObject({ kind: "applied", by: JOAN });
    expect(story.stored(plan)?.approvals).toEqual([first, second]);
  });

  it("loses no approval but that of the person whose attempt came to nothing", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    const first = story.approval(plan, GRACE);
    await story.approve(plan, GRACE);
    story.world.nextPatch = {
      effect: false,
      answer: { kind: "declined", status: 403, code: "denied", message: "No." },
    };
    await story.approve(plan, JOAN);
    expect(story.stored(plan)).toEqual({
      ...plan,
      version: 4,
      approvals: [first],
      note: { kind: "attempt-failed", at: story.now(), approver: JOAN, fault: "write-denied", why: "No." },
    });
  });

  it("leaves the note on the card while it counts an approval: it is still why the plan is new", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    const note = { kind: "scanned-anew", at: story.now() } as const;
    story.world.store.plansByNumber.set(plan.number, { ...plan, note });
    const approvals = [story.approval(plan, GRACE)];
    expect(await story.approve(plan, GRACE)).toEqual({
      kind: "decided",
      plan: { ...plan, version: 2, approvals, note },
    });
  });

  it("counts two first approvals at the same moment as two", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    const results = await Promise.all([story.approve(plan, GRACE), story.approve(plan, JOAN)]);
    expect(results.map((result) => result.kind)).toEqual(["decided", "decided"]);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.world.patches).toHaveLength(1);
  });

  it("counts nobody twice, however often they press while fewer approvals are needed than before", async () => {
    story.rules = { ...story.rules, approvalsRequired: 3 };
    const made = await story.propose();
    const rules = { ...decidingRules(story.rules), approvalsRequired: 2 };
    const plan = { ...made, approvalsRequired: 2, rules };
    story.world.store.plansByNumber.set(plan.number, plan);
    await story.approve(plan, GRACE);
    await story.approve(plan, JOAN);
    story.rules = { ...story.rules, approvalsRequired: 2 };
    story.world.roles.set(JOAN.id, []);
    expect(await story.approve(plan, GRACE)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state).toEqual({ kind: "waiting" });
    expect(story.stored(plan)?.approvals.map(({ by }) => by)).toEqual([GRACE]);
    expect(story.world.patches).toHaveLength(0);
  });

  it("does not count the requester's approval once the installation no longer allows it", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2, allowSelfApproval: true };
    const plan = await story.propose(GRACE);
    await story.approve(plan, GRACE);
    story.rules = { ...story.rules, allowSelfApproval: false };
    expect(await story.approve(plan, JOAN)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state).toEqual({ kind: "waiting" });
    expect(story.world.patches).toHaveLength(0);
  });

  it("does not count the approval of someone who lost the role since", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    await story.approve(plan, GRACE);
    story.world.roles.set(GRACE.id, []);
    const approvals = [story.approval(plan, JOAN)];
    expect(await story.approve(plan, JOAN)).toEqual({
      kind: "decided",
      plan: {
        ...plan,
        version: 3,
        approvals,
        // The card counted it until now.
        note: { kind: "approvals-dropped", at: approvals[0]?.at, approver: JOAN, people: [GRACE] },
      },
    });
    expect(story.world.patches).toHaveLength(0);
  });

  it("holds an open plan to rules that became stricter since it was made", async () => {
    story.world.policy = legacyPolicy();
    story.world.passkeys.set("breakglass", []);
    const plan = await story.propose();
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const approvals = [story.approval(plan, GRACE)];
    expect(await story.approve(plan, GRACE)).toEqual({
      kind: "decided",
      plan: { ...plan, version: 2, approvals },
    });
    const losing = [{ id: personId("breakglass"), name: "breakglass", isAdmin: true, models: [] }];
    const impact = { ...plan.proposal.impact, losing };
    const current = story.stored(plan) as Plan;
    const cutting = { ...current, proposal: { ...current.proposal, impact } };
    await story.world.store.leave(cutting);
    story.rules = { ...story.rules, emergencyAccounts: [personId("breakglass")] };
    expect(await story.approve(cutting, JOAN)).toEqual(
      refuse({ code: "emergency-account-cut-off", people: losing }),
    );
    expect(story.world.patches).toHaveLength(0);
  });

  it("refuses an unknown plan, another revision and one whose time is up", async () => {
    const plan = await story.propose();
    expect(await story.approve({ ...plan, number: 99 })).toEqual(
      refuse({ code: "unknown-plan", planNumber: 99 }),
    );
    expect(await story.approve({ ...plan, revision: 2 })).toEqual(
      refuse({ code: "stale-revision", planNumber: 1, revision: 1 }),
    );
    story.world.advance(60 * 60_000);
    const expired = refuse({ code: "plan-expired", planNumber: 1, at: plan.expiresAt });
    expect(await story.approve(plan)).toEqual(expired);
    await story.settle();
    expect(story.stored(plan)).toEqual({
      ...plan,
      version: 2,
      state: { kind: "expired", at: plan.expiresAt },
    });
    expect(await story.approve(plan)).toEqual(expired);
    expect(story.world.patches).toHaveLength(0);
  });

  it("writes nothing when its time is up by the time the approver is signed in", async () => {
    const plan = await story.propose();
    const { onBehalfOf } = story.world.ports.actAs;
    story.world.advance(60 * 60_000 - 1_000);
    story.world.ports.actAs.onBehalfOf = async (assertion) => {
      story.world.advance(1_000);
      return onBehalfOf(assertion);
    };
    expect(await story.approve(plan)).toEqual(
      refuse({ code: "plan-expired", planNumber: 1, at: plan.expiresAt }),
    );
    expect(story.world.store.events()).toEqual(["plan-proposed"]);
    expect(story.world.patches).toHaveLength(0);
  });

  it("leaves the plan open when the approver cannot be signed in, and records the attempt", async () => {
    const plan = await story.propose();
    story.world.signInProblem = "consent-missing";
    expect(await story.approve(plan)).toEqual(refuse({ code: "sign-in-failed", problem: "consent-missing" }));
    expect(story.stored(plan)).toEqual(plan);
    expect(story.world.patches).toEqual([]);
    expect(story.world.store.events()).toEqual(["plan-proposed", "attempt-failed"]);
  });
});
