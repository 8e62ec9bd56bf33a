import { describe, expect, it } from "vitest";
import type { PlanDraft } from "../../../../src/core/plan/plan.js";
import type { ImpactView } from "../../../../src/teams/cards/plan/plan-view.js";
import { whatIfCard } from "../../../../src/teams/cards/plan/what-if-card.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { words } from "../card-words.js";
import { hugePlan } from "./large-plans.js";
import { enablePlan, narrowingPlan, unreadPlan } from "./sample-plans.js";

const OWN_CHAT: ImpactView = { names: "shown", scan: "fine", onlyAnswers: true };
const ROOM: ImpactView = { ...OWN_CHAT, names: "counted" };
const drafts: readonly PlanDraft[] = [enablePlan(), narrowingPlan(), unreadPlan(), hugePlan()];

describe("the card of a change that is asked about", () => {
  it.each(drafts)("says that nothing was proposed, has nothing to decide, and fits", (draft) => {
    const card = whatIfCard(draft, { ...OWN_CHAT, scan: "incomplete" });
    expect(cardProblems(card)).toEqual([]);
    expect(words(card)).toContain("nothing was proposed");
    expect(words(card)).not.toMatch(/#\d|Approve|Show all|Scan now|Expires/);
    expect(JSON.stringify(card)).not.toContain("Action.Execute");
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });

  it("says who loses sign-in: by name in one's own chat, counted elsewhere", () => {
    const plan = narrowingPlan();
    const [first] = plan.proposal.impact.losing;
    expect(words(whatIfCard(plan, OWN_CHAT))).toContain(first?.name);
    expect(words(whatIfCard(plan, ROOM))).not.toContain(first?.name);
    expect(words(whatIfCard(plan, ROOM))).toContain("in your own chat with Latchkey");
  });

  it("says that a name may be that of several models, and that all that people have are meant", () => {
    const card = whatIfCard({ ...narrowingPlan(), severalCalled: "titan" }, OWN_CHAT);
    expect(cardProblems(card)).toEqual([]);
    expect(words(card)).toContain("Several models may be called");
    expect(words(whatIfCard(narrowingPlan(), OWN_CHAT))).not.toContain("Several models");
  });

  it("says what to say to propose it", () => {
    expect(words(whatIfCard(enablePlan({ command: "enable passkeys" }), OWN_CHAT))).toContain(
      "enable passkeys",
    );
  });
});
