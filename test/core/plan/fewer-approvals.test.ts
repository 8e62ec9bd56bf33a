import { beforeEach, describe, expect, it } from "vitest";
import { fewerApprovals } from "../../../src/core/plan/fewer-approvals.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { ProposalStory } from "./proposal-story.js";

let story: ProposalStory;
beforeEach(() => {
  story = new ProposalStory();
});

/** A plan that was applied although it needed so many approvers. */
async function applied(approvalsRequired: number): Promise<Plan> {
  const plan = await story.planned();
  await story.approve(plan);
  const { plansByNumber } = story.world.store;
  const after = plansByNumber.get(plan.number);
  if (after?.state.kind !== "applied") throw new Error("the plan was not applied");
  plansByNumber.set(plan.number, { ...after, approvalsRequired });
  return after;
}

const weakenings = async (change: "disable" | { attestation: "enforced" }) =>
  (await story.planned(change)).proposal.weakenings;

describe("a plan that needs fewer approvers than the one applied last", () => {
  it("says so, with both numbers", async () => {
    const last = await applied(2);
    const fewer = { kind: "fewer-approvals", before: 2, now: 1, lastPlan: last.number };
    expect(await weakenings("disable")).toEqual([fewer]);
    const [record] = story.world.store.records.filter(({ event }) => event === "plan-proposed").slice(-1);
    expect(record?.detail.weakenings).toEqual([fewer]);
  });

  it("has nothing to say where it needs as many, or nothing was applied yet", async () => {
    expect(await fewerApprovals(story.world.ports, story.rules, 1)).toEqual([]);
    await applied(1);
    expect(await weakenings("disable")).toBeUndefined();
  });

  it("is said until a plan was applied with fewer", async () => {
    await applied(2);
    const plan = await story.planned("disable");
    await story.approve(plan);
    expect(story.world.store.plansByNumber.get(plan.number)?.state.kind).toBe("applied");
    expect(await fewerApprovals(story.world.ports, story.rules, 1)).toEqual([]);
  });
});
