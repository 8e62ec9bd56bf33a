import { describe, expect, it } from "vitest";
import type { Plan, PlanState } from "../../../src/core/plan/plan.js";
import { planCard } from "../../../src/teams/cards/plan-card.js";
import { pretty, titles, words } from "./card-words.js";
import { APPROVAL, AT, enablePlan, OTHERS, REQUEST, STATES } from "./sample-plans.js";

describe("a plan that is no longer waiting", () => {
  it("looks like this when it is applied", async () => {
    const plan = enablePlan({ state: STATES.applied as PlanState, approvals: [APPROVAL] });
    await expect(pretty(planCard(plan, OTHERS))).toMatchFileSnapshot("snapshots/applied.snap");
  });

  it.each<[string, string]>([
    ["applying", "Being applied"],
    ["applied", `Graph request ${REQUEST}`],
    ["refused", "It answered 400: Value is invalid."],
    ["unknown", "It is not known yet whether the change was written."],
    ["rejected", "Reason: Pilot first"],
    ["cancelled", "Cancelled by Ada Lovelace"],
    ["expired", "without enough approvals"],
    ["superseded", "already is as this plan wanted it"],
    ["neverKnown", "It was never found out whether the change was written"],
  ])("cannot be decided again, says what became of it and what to say next: %s", (state, said) => {
    const card = planCard(enablePlan({ state: STATES[state] as PlanState, approvals: [APPROVAL] }), OTHERS);
    expect(titles(card)).toEqual([]);
    expect(words(card)).toContain(said);
    expect(words(card)).toContain("Next: ");
  });

  it("says how to close a plan whose outcome stays unknown", () => {
    const said = words(planCard(enablePlan({ state: STATES.unknown as PlanState }), OTHERS));
    expect(said).toMatch(/cancel 12\s+closes the plan/);
  });

  it("says that the outcome was never known, not that nothing was written", () => {
    const said = words(planCard(enablePlan({ state: STATES.neverKnown as PlanState }), OTHERS));
    expect(said).toContain("? Outcome never known");
    expect(said).not.toMatch(/nothing was written/i);
  });

  it("compares with before once it is applied; now is the policy as it is then", () => {
    const head = (plan: Plan) =>
      words(planCard(plan, OTHERS))
        .match(/Setting\n(\w+)\n(\w+)/)
        ?.slice(1);
    expect(head(enablePlan())).toEqual(["Now", "After"]);
    expect(head(enablePlan({ state: STATES.applied as PlanState }))).toEqual(["Before", "After"]);
  });

  it("says who else changed the policy meanwhile", () => {
    const applied = { ...STATES.applied, otherWriters: [{ name: "Mallory", at: AT }] } as PlanState;
    expect(words(planCard(enablePlan({ state: applied }), OTHERS))).toContain(
      "Mallory changed the policy too",
    );
  });
});
