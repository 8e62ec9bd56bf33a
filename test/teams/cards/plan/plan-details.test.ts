import { describe, expect, it } from "vitest";
import type { Plan } from "../../../../src/core/plan/plan.js";
import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import { titles, words } from "../card-words.js";
import { crowdedPlan, hugePlan } from "./large-plans.js";
import { enablePlan, narrowingPlan, OTHERS, REQUESTER_VIEW } from "./sample-plans.js";

/** Every page as somebody gets it who presses Next page until there is none. */
function leafThrough(plan: Plan): readonly AdaptiveCard[] {
  const cards = [planDetails(plan, OTHERS)];
  for (let next = nextPage(cards.at(-1)); next !== undefined; next = nextPage(cards.at(-1))) {
    cards.push(planDetails(plan, OTHERS, next));
  }
  return cards;
}

function nextPage(card: AdaptiveCard | undefined): number | undefined {
  const button = card?.actions?.find((action) => action.title === "Next page");
  return button?.type === "Action.Execute" && "planId" in button.data ? button.data.page : undefined;
}

describe("Show all", () => {
  it("is one page where everything fits, without buttons to leaf", () => {
    const card = planDetails(narrowingPlan(), OTHERS);
    expect(titles(card)).toEqual(["Approve", "Reject", "Show less"]);
    expect(words(card)).not.toContain("Page 1");
  });

  it("shows what changes first, then people, fifty lines a page, and says which", () => {
    const plan = crowdedPlan(120);
    const [first, second, third] = leafThrough(plan).map(words);
    expect(first).toContain("Lose passkey sign-in (1 to 48 of 120)\nPerson 1: YubiKey NEO");
    expect(first).toContain("Person 48: ");
    expect(first).not.toContain("Person 49: ");
    expect(first).toMatch(/Page 1 of \d/);
    expect(second).toContain("Lose passkey sign-in (49 to 98 of 120)\nPerson 49: YubiKey NEO");
    expect(third).toContain("Lose passkey sign-in (99 to 120 of 120)");
  });

  it("leafs forth and back, beside Approve and Reject", () => {
    const plan = crowdedPlan(120);
    const buttons = [1, 2, 3].map((page) => titles(planDetails(plan, OTHERS, page)));
    expect(buttons[0]).toEqual(["Approve", "Reject", "Next page", "Show less"]);
    expect(buttons[1]).toEqual(["Approve", "Reject", "Previous page", "Next page", "Show less"]);
    expect(buttons[2]).toEqual(["Approve", "Reject", "Previous page", "Show less"]);
    expect(titles(planDetails(plan, REQUESTER_VIEW, 2))[0]).toBe("Cancel");
    expect(planDetails(plan, OTHERS, 2).actions?.slice(2, 4)).toMatchObject([
      { verb: "showAll", data: { planId: 13, revision: 1, page: 1 } },
      { verb: "showAll", data: { planId: 13, revision: 1, page: 3 } },
    ]);
  });

  it("keeps the answer to who loses sign-in on every page", () => {
    for (const card of leafThrough(crowdedPlan(120))) {
      expect(words(card)).toContain("120 people lose passkey sign-in");
    }
  });

  it("leaves out nobody of 5,000, names nobody twice, and stays under 28 KB on every page", {
    timeout: 300_000,
  }, () => {
    const cards = leafThrough(crowdedPlan(5_000));
    const named = cards.flatMap((card) => words(card).match(/^Person \d+(?=:)/gm) ?? []);
    expect(named).toEqual(Array.from({ length: 5_000 }, (_, at) => `Person ${at + 1}`));
    for (const card of cards) expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });

  it("stays under 28 KB on every page, whatever the names are", () => {
    const plan = hugePlan();
    const { impact } = plan.proposal;
    const losing = impact.losing
      .map((person) => ({ ...person, name: "\u{1f511}*`".repeat(80) }))
      .slice(0, 200);
    const small = { ...impact, losing, keepingAnother: [], coverage: { ...impact.coverage, unread: [] } };
    const long: Plan = { ...plan, proposal: { ...plan.proposal, impact: small } };
    for (const card of leafThrough(long)) {
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
    }
  });

  it("shows the last page to whoever asks for one beyond it", () => {
    const plan = crowdedPlan(120);
    const beyond = planDetails(plan, OTHERS, 99_999);
    expect(beyond).toEqual(leafThrough(plan).at(-1));
    expect(titles(planDetails(enablePlan(), OTHERS, 7))).toEqual(["Approve", "Reject", "Show less"]);
  });

  it("shows the diff and the scan on the first page", () => {
    const [first, second] = leafThrough(crowdedPlan(120)).map(words);
    for (const heading of ["What changes", "What was scanned"]) {
      expect(first).toContain(heading);
      expect(second).not.toContain(heading);
    }
  });

  it("has all that was typed, of which only the beginning stands beside the title", () => {
    const command = `allow ${"YubiKey 5 NFC, ".repeat(20)}Nymi Band`;
    const plan = enablePlan({ command });
    expect(words(planCard(plan, OTHERS))).not.toContain("Nymi Band");
    expect(words(planDetails(plan, OTHERS))).toContain(`Asked: ${command}`);
  });
});
