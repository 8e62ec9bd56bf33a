import { beforeEach, describe, expect, it } from "vitest";
import type { DecidingRules } from "../../../src/core/access/strictest-rules.js";
import { laxerRules } from "../../../src/core/plan/laxer-rules.js";
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
    expect(await laxerRules(story.world.ports, story.rules.tenantId, story.rules)).toEqual([]);
    await applied(1);
    expect(await weakenings("disable")).toBeUndefined();
  });

  it("is said until a plan was applied with fewer", async () => {
    await applied(2);
    const plan = await story.planned("disable");
    await story.approve(plan);
    expect(story.world.store.plansByNumber.get(plan.number)?.state.kind).toBe("applied");
    expect(await laxerRules(story.world.ports, story.rules.tenantId, story.rules)).toEqual([]);
  });
});

describe("a plan whose approver's sign-in has to bring less than that of the one applied last", () => {
  it("says what is no longer asked for, in its proposal and its record, and of nothing else", async () => {
    const last = await applied(1);
    const { plansByNumber } = story.world.store;
    const rules = { ...(last.rules as DecidingRules), signInDemands: ["c1", "phishing-resistant"] };
    plansByNumber.set(last.number, { ...(plansByNumber.get(last.number) as Plan), rules });
    const said = (signInDemands: readonly string[]) =>
      laxerRules(story.world.ports, story.rules.tenantId, { ...story.rules, signInDemands });
    const lastPlan = last.number;
    const dropped = (...demands: string[]) => [
      { kind: "sign-in-demands-dropped", dropped: demands, lastPlan },
    ];
    expect(await said(["c1", "c2", "phishing-resistant"])).toEqual([]);
    expect(await said(["c2", "phishing-resistant"])).toEqual(dropped("c1"));
    expect(await weakenings("disable")).toEqual(dropped("c1", "phishing-resistant"));
    const [record] = story.world.store.records.filter(({ event }) => event === "plan-proposed").slice(-1);
    expect(record?.detail.weakenings).toEqual(dropped("c1", "phishing-resistant"));
  });
});

describe("a plan whose requester may approve it, where that of the one applied last could not", () => {
  const allow = (allowSelfApproval: boolean) => {
    story.rules = { ...story.rules, allowSelfApproval };
  };

  it("says so in its proposal and its record, until a plan was applied so", async () => {
    const last = await applied(1);
    allow(true);
    const plan = await story.planned("disable");
    const allowed = { kind: "self-approval-allowed", lastPlan: last.number };
    expect(plan.proposal.weakenings).toEqual([allowed]);
    const [record] = story.world.store.records.filter(({ event }) => event === "plan-proposed").slice(-1);
    expect(record?.detail.weakenings).toEqual([allowed]);
    await story.approve(plan);
    expect(story.world.store.plansByNumber.get(plan.number)?.state.kind).toBe("applied");
    expect(await laxerRules(story.world.ports, story.rules.tenantId, story.rules)).toEqual([]);
  });

  it("says nothing where it was so before, is not so now, or the last plan does not say", async () => {
    const last = await applied(1);
    const { plansByNumber } = story.world.store;
    expect(await laxerRules(story.world.ports, story.rules.tenantId, story.rules)).toEqual([]);
    const { rules: _, ...older } = plansByNumber.get(last.number) ?? last;
    plansByNumber.set(last.number, older);
    allow(true);
    expect(await laxerRules(story.world.ports, story.rules.tenantId, story.rules)).toEqual([]);
  });

  it("is not told of a plan that is held to the stricter rules it was made under", async () => {
    await applied(1);
    const plan = await story.planned("disable");
    allow(true);
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    await story.approve(plan);
    const again = story.world.store.plansByNumber.get(plan.number);
    expect(again?.revision).toBe(2);
    expect(again?.proposal.weakenings ?? []).toEqual([]);
  });
});
