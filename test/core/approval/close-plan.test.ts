import { beforeEach, describe, expect, it } from "vitest";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN, LINUS } from "../fake-world.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

describe("rejecting and cancelling", () => {
  it("ends the plan with the reason, for everyone to see", async () => {
    const plan = await story.propose();
    expect(
      await rejectPlan(story.world.ports, story.rules, story.click(plan), "not before the audit"),
    ).toMatchObject({
      plan: { state: { kind: "rejected", by: GRACE, reason: "not before the audit" } },
    });
    expect(await story.approve(plan, JOAN)).toMatchObject({
      code: "already-decided",
      state: "rejected",
      by: GRACE,
    });
    expect(story.world.patches).toHaveLength(0);
  });

  it("lets the requester and an approver cancel, and nobody else", async () => {
    const plan = await story.propose();
    expect(await cancelPlan(story.world.ports, story.rules, story.click(plan, LINUS))).toMatchObject({
      code: "not-requester-nor-approver",
    });
    expect(await rejectPlan(story.world.ports, story.rules, story.click(plan, LINUS), "")).toMatchObject({
      code: "not-an-approver",
    });
    expect(await cancelPlan(story.world.ports, story.rules, story.click(plan, ADA))).toMatchObject({
      plan: { state: { kind: "cancelled" } },
    });
  });

  it("counts although somebody approves at the same moment, as long as the plan is still to be decided", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    const { directory } = story.world.ports;
    const { activeRoles } = directory;
    directory.activeRoles = async (person) => {
      directory.activeRoles = activeRoles;
      await story.approve(plan, JOAN);
      return activeRoles(person);
    };
    expect(await rejectPlan(story.world.ports, story.rules, story.click(plan), "no")).toMatchObject({
      plan: { state: { kind: "rejected", by: GRACE }, approvals: [{ by: JOAN }] },
    });
  });

  it("is for the revision on the card, also when the plan's outcome is unknown by now", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    await story.approve(plan);
    story.world.advance(31_000);
    expect(
      await cancelPlan(story.world.ports, story.rules, { ...story.click(plan), revision: 2 }),
    ).toMatchObject({ code: "being-applied" });
    expect(story.stored(plan)?.state.kind).toBe("unknown");
  });
});
