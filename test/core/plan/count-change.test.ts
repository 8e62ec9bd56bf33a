import { beforeEach, describe, expect, it } from "vitest";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA } from "../fake-world.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

describe("the metrics are told", () => {
  it("each state a plan comes into, and how long it waited until it was approved", async () => {
    const plan = await story.propose();
    const { metrics } = story.world;
    expect(metrics.stored).toEqual(["waiting"]);
    expect(metrics.decided).toEqual([]);
    story.world.advance(90_000);
    await story.approve(plan);
    expect(metrics.stored).toEqual(["waiting", "applying", "applied"]);
    expect(metrics.decided).toEqual([{ decision: "approved", waitedSeconds: 90 }]);
  });

  it("one of several approvals as nothing: the plan waits as before", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    await story.approve(await story.propose());
    expect(story.world.metrics.stored).toEqual(["waiting"]);
    expect(story.world.metrics.decided).toEqual([]);
  });

  it("that a plan was rejected, cancelled or left alone until its time was up", async () => {
    const { ports, metrics } = story.world;
    const [rejected, cancelled] = [await story.propose(), await story.propose(ADA, ["ios"])];
    await story.propose(ADA, ["android"]);
    story.world.advance(60_000);
    await rejectPlan(ports, story.rules, story.click(rejected), "no");
    await cancelPlan(ports, story.rules, story.click(cancelled, ADA));
    story.world.advance(3_600_000);
    await story.settle();
    expect(metrics.decided).toEqual([
      { decision: "rejected", waitedSeconds: 60 },
      { decision: "cancelled", waitedSeconds: 60 },
      { decision: "expired", waitedSeconds: 3_660 },
    ]);
    expect(metrics.stored).toEqual(["waiting", "waiting", "waiting", "rejected", "cancelled", "expired"]);
  });

  it("a new revision as a plan that waits again, from the moment it was shown", async () => {
    const plan = await story.propose();
    story.world.advance(120_000);
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    await story.approve(plan);
    const revised = story.stored(plan) ?? plan;
    expect(revised.revision).toBe(2);
    story.world.advance(30_000);
    await story.approve(revised);
    expect(story.world.metrics.stored).toEqual(["waiting", "applying", "waiting", "applying", "applied"]);
    expect(story.world.metrics.decided).toEqual([
      { decision: "approved", waitedSeconds: 120 },
      { decision: "approved", waitedSeconds: 30 },
    ]);
  });

  it("no time below zero where the clock was set back meanwhile", async () => {
    const plan = await story.propose();
    story.world.advance(-60_000);
    await story.approve(plan);
    expect(story.world.metrics.decided).toEqual([{ decision: "approved", waitedSeconds: 0 }]);
  });
});
