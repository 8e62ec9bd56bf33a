import { beforeEach, describe, expect, it } from "vitest";
import { lookAfterPlans } from "../../../src/core/duties/look-after-plans.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { PlanStory } from "../apply/plan-story.js";
import { GRACE } from "../fake-world.js";

const MINUTE_MS = 60_000;
let story: PlanStory;
/** Of one process. */
let look: () => Promise<void>;
const aProcess = () => lookAfterPlans(story.world.ports, story.rules, () => 0);
const minutesLater = async (minutes: number): Promise<readonly number[]> => {
  story.world.advance(minutes * MINUTE_MS);
  await look();
  return story.world.runningOut;
};
beforeEach(() => {
  story = new PlanStory();
  look = aProcess();
});

describe("a plan that nobody has decided on", () => {
  it("is told to be running out ten minutes before it expires, once", async () => {
    await story.propose();
    expect(await minutesLater(49)).toEqual([]);
    expect(await minutesLater(2)).toEqual([1]);
    expect(await minutesLater(5)).toEqual([1]);
    expect(await minutesLater(20)).toEqual([1]);
  });

  it("is told once over restarts and processes", async () => {
    await story.propose();
    expect(await minutesLater(51)).toEqual([1]);
    look = aProcess();
    expect(await minutesLater(1)).toEqual([1]);
  });

  it("is not told of when it was never to live for twenty minutes", async () => {
    story.rules = { ...story.rules, planTtlMinutes: 19 };
    await story.propose();
    expect(await minutesLater(12)).toEqual([]);
  });

  it("is not told of after its time, as when no process ran", async () => {
    await story.propose();
    expect(await minutesLater(61)).toEqual([]);
  });

  it("is told of though another one cannot be read", async () => {
    const [first, second] = [await story.propose(), await story.propose(GRACE, ["ios"])];
    const { find } = story.world.ports.plans;
    story.world.ports.plans.find = async (tenant, number) => {
      if (number === first.number) throw new Error("edited");
      return find(tenant, number);
    };
    expect(await minutesLater(51)).toEqual([second.number]);
  });
});

describe("a plan that lacks nothing, or is decided", () => {
  it.each<[string, (plan: Plan) => Promise<unknown>]>([
    ["approved", (plan) => story.approve(plan)],
    [
      "cancelled",
      (plan) =>
        story.world.store.leave({ ...plan, state: { kind: "cancelled", by: GRACE, at: story.now() } }),
    ],
  ])("is not told of: %s", async (_, decide) => {
    await decide(await story.propose());
    expect(await minutesLater(51)).toEqual([]);
  });

  it("is told of while one of two approvals is missing", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    await story.approve(await story.propose());
    expect(await minutesLater(51)).toEqual([1]);
  });
});
