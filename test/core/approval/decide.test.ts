import { beforeEach, describe, expect, it } from "vitest";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import { refuse } from "../../../src/core/errors.js";
import type { Person } from "../../../src/core/person.js";
import { expirePlan } from "../../../src/core/plan/close-plan.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN, LINUS, ROOM } from "../fake-world.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

const reject = (plan: Plan, reason: string, person: Person = GRACE) =>
  rejectPlan(story.world.ports, story.rules, story.click(plan, person), reason);
const cancel = (plan: Plan, person: Person) =>
  cancelPlan(story.world.ports, story.rules, story.click(plan, person));

/** A plan whose write got no answer, and can no longer arrive. */
async function neverKnown(): Promise<Plan> {
  const plan = await story.propose();
  story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
  await story.approve(plan);
  story.world.advance(31_000);
  return story.stored(plan) as Plan;
}

/** Something happens to the plan between the reading and the storing of a decision. */
function meanwhile(happens: () => Promise<unknown>): void {
  const { directory } = story.world.ports;
  const { activeRoles } = directory;
  directory.activeRoles = async (person) => {
    directory.activeRoles = activeRoles;
    await happens();
    return activeRoles(person);
  };
}

describe("rejecting", () => {
  it("ends the plan for everyone to see, and the reason stays in plan and record", async () => {
    const plan = await story.propose();
    story.world.advance(1_000);
    const rejected: Plan = {
      ...plan,
      version: 2,
      state: { kind: "rejected", by: GRACE, at: story.now(), reason: "not before the audit" },
    };
    expect(await reject(plan, "not before the audit")).toEqual({ kind: "decided", plan: rejected });
    expect(story.stored(plan)).toEqual(rejected);
    expect(story.world.announced.at(-1)).toEqual(rejected);
    expect(story.entries().slice(1)).toEqual([
      story.entry(plan, "plan-rejected", { by: GRACE, detail: { reason: "not before the audit" } }),
    ]);
  });

  it("leaves nothing to approve", async () => {
    const plan = await story.propose();
    await reject(plan, "no");
    expect(await story.approve(plan, JOAN)).toEqual(
      refuse({ code: "already-decided", planNumber: 1, state: "rejected", by: GRACE }),
    );
    expect(story.world.patches).toEqual([]);
  });

  it("is for approvers, and not for the requester", async () => {
    const plan = await story.propose();
    const notAnApprover = refuse({ code: "not-an-approver", required: { by: "roles" } });
    expect(await reject(plan, "", LINUS)).toEqual(notAnApprover);
    expect(await reject(plan, "", ADA)).toEqual(notAnApprover);
    expect(story.stored(plan)).toEqual(plan);
  });

  it("is for the revision on the card", async () => {
    const plan = await story.propose();
    expect(await reject({ ...plan, revision: 2 }, "no")).toEqual(
      refuse({ code: "stale-revision", planNumber: 1, revision: 1 }),
    );
    expect(story.stored(plan)).toEqual(plan);
  });
});

describe("cancelling", () => {
  it.each([
    ["the requester", ADA],
    ["an approver", GRACE],
  ])("may be done by %s, and is recorded", async (_, person) => {
    const plan = await story.propose();
    story.world.advance(1_000);
    const state = { kind: "cancelled", by: person, at: story.now() } as const;
    const cancelled: Plan = { ...plan, version: 2, state };
    expect(await cancel(plan, person)).toEqual({ kind: "decided", plan: cancelled });
    expect(story.world.announced.at(-1)).toEqual(cancelled);
    expect(story.entries().slice(1)).toEqual([story.entry(plan, "plan-cancelled", { by: person })]);
  });

  it("is refused to anybody else", async () => {
    const plan = await story.propose();
    expect(await cancel(plan, LINUS)).toEqual(refuse({ code: "not-requester-nor-approver", planNumber: 1 }));
    expect(story.stored(plan)).toEqual(plan);
  });

  it("is refused of a plan that is not there, and of one whose time is up", async () => {
    const plan = await story.propose();
    expect(await cancel({ ...plan, number: 99 }, ADA)).toEqual(
      refuse({ code: "unknown-plan", planNumber: 99 }),
    );
    story.world.advance(60 * 60_000);
    expect(await cancel(plan, ADA)).toEqual(
      refuse({ code: "plan-expired", planNumber: 1, at: plan.expiresAt }),
    );
    expect(story.stored(plan)).toEqual(plan);
  });

  it("needs no revision when it is asked for in words", async () => {
    const plan = await story.propose();
    const { revision: _, ...request } = story.click(plan, ADA);
    const cancelled = await cancelPlan(story.world.ports, story.rules, request);
    expect(cancelled).toEqual({ kind: "decided", plan: story.stored(plan) });
    expect(story.stored(plan)?.state.kind).toBe("cancelled");
  });

  it("closes a plan whose outcome was never known, without saying that nothing was written", async () => {
    const plan = await neverKnown();
    const state = { kind: "superseded", why: "outcome-never-known", by: ADA, at: story.now() } as const;
    const closed: Plan = { ...plan, version: plan.version + 1, state };
    const { revision: _, ...request } = story.click(plan, ADA);
    expect(await cancelPlan(story.world.ports, story.rules, request)).toEqual({
      kind: "decided",
      plan: closed,
    });
    expect(story.entries().at(-1)).toEqual(
      story.entry(plan, "plan-superseded", { by: ADA, detail: { why: "outcome-never-known" } }),
    );
  });

  it("waits until what was sent can no longer arrive", async () => {
    const plan = await neverKnown();
    story.world.advance(-10_000);
    expect(await cancel(plan, ADA)).toEqual(refuse({ code: "being-applied", planNumber: 1, by: GRACE }));
    expect(story.stored(plan)).toEqual(plan);
  });

  it("is for the revision on the card, also when the plan's outcome is unknown by now", async () => {
    const plan = await neverKnown();
    expect(await cancel({ ...plan, revision: 2 }, ADA)).toEqual(
      refuse({ code: "being-applied", planNumber: 1, by: GRACE }),
    );
    expect(story.stored(plan)).toEqual(plan);
    expect(await cancel(plan, ADA)).toEqual({ kind: "decided", plan: story.stored(plan) });
  });
});

describe("a plan whose time is up", () => {
  it("ends at the time it said, by nobody's hand, and is shown and recorded as that", async () => {
    const plan = await story.propose();
    story.world.advance(2 * 3_600_000);
    const expired: Plan = { ...plan, version: 2, state: { kind: "expired", at: plan.expiresAt } };
    expect(await expirePlan(story.world.ports, plan)).toEqual(expired);
    expect(story.world.announced.at(-1)).toEqual(expired);
    const { tenantId } = plan;
    expect(story.entries().slice(1)).toEqual([
      { tenantId, at: story.now(), event: "plan-expired", planNumber: 1, revision: 1, detail: {} },
    ]);
  });

  it("stays as it was decided at the last moment", async () => {
    const plan = await story.propose();
    await reject(plan, "no");
    const rejected = story.stored(plan) as Plan;
    expect(await expirePlan(story.world.ports, plan)).toEqual(rejected);
    expect(story.stored(plan)).toEqual(rejected);
  });

  it("is what it was when it is no longer in the store", async () => {
    const plan = await story.propose();
    story.world.store.plansByNumber.clear();
    expect(await expirePlan(story.world.ports, plan)).toEqual(plan);
  });
});

describe("a decision at the same moment as something else", () => {
  it("counts although somebody approves, as long as the plan is still to be decided", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    meanwhile(() => story.approve(plan, JOAN));
    const approvals = [{ by: JOAN, at: story.now(), revision: 1, conversation: ROOM }];
    const state = { kind: "rejected", by: GRACE, at: story.now(), reason: "no" } as const;
    expect(await reject(plan, "no")).toEqual({
      kind: "decided",
      plan: { ...plan, version: 3, approvals, state },
    });
    expect(story.recorded("plan-rejected")).toEqual(
      story.entry(plan, "plan-rejected", { by: GRACE, detail: { reason: "no" } }),
    );
  });

  it("gives way to an approval that writes, and says whose it was", async () => {
    const plan = await story.propose();
    meanwhile(() => story.approve(plan, JOAN));
    expect(await reject(plan, "no")).toEqual(
      refuse({ code: "already-decided", planNumber: 1, state: "applied", by: JOAN }),
    );
    expect(story.recorded("plan-rejected")).toBeUndefined();
  });

  it("does not decide a revision that nobody has seen on that card", async () => {
    const plan = await story.propose();
    meanwhile(() => story.world.store.leave({ ...plan, revision: 2 }));
    expect(await reject(plan, "no")).toEqual(refuse({ code: "stale-revision", planNumber: 1, revision: 2 }));
    expect(story.stored(plan)).toEqual({ ...plan, revision: 2, version: 2 });
  });

  it("does not close as never known what was found out meanwhile", async () => {
    const plan = await neverKnown();
    const { clientRequestId } = plan.state as Extract<Plan["state"], { kind: "unknown" }>;
    const applied = {
      kind: "applied",
      by: GRACE,
      at: story.now(),
      clientRequestId,
      otherWriters: [],
    } as const;
    meanwhile(() => story.world.store.leave({ ...plan, state: applied }));
    expect(await cancel(plan, JOAN)).toEqual(
      refuse({ code: "already-decided", planNumber: 1, state: "applied", by: GRACE }),
    );
    expect(story.stored(plan)?.state).toEqual(applied);
  });

  it("does not close as never known what is open again, to be decided anew", async () => {
    const plan = await neverKnown();
    const open: Plan = { ...plan, state: { kind: "waiting" } };
    meanwhile(() => story.world.store.leave(open));
    expect(await cancel(plan, JOAN)).toEqual(refuse({ code: "stale-revision", planNumber: 1, revision: 1 }));
    expect(story.stored(plan)?.state).toEqual({ kind: "waiting" });
  });

  it("says so when the plan is gone", async () => {
    const plan = await story.propose();
    meanwhile(async () => story.world.store.plansByNumber.clear());
    expect(await reject(plan, "no")).toEqual(refuse({ code: "unknown-plan", planNumber: 1 }));
  });
});
