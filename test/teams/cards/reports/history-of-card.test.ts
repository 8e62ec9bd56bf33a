import { describe, expect, it } from "vitest";
import type { HistoryOf } from "../../../../src/core/record/history-of.js";
import { historyOfCard } from "../../../../src/teams/cards/reports/history-of-card.js";
import { elementsOf } from "../adaptive-card-schema.js";

const NOTHING: HistoryOf = {
  kind: "history-of",
  subject: { kind: "profile", id: "p", name: "Board" },
  events: [],
  plans: { of: 3, lookedAt: 3 },
};
const coverage = (history: HistoryOf) => elementsOf(historyOfCard(history), "TextBlock")[1]?.text;

describe("the history of one thing", () => {
  it("says what was looked at, and where the rest is", () => {
    expect(coverage(NOTHING)).toBe("No plan and no drift is about it.");
    expect(
      coverage({
        ...NOTHING,
        plans: { of: 1_240, lookedAt: 1_000 },
        onlyLastDrifts: 100,
        onlyLastNotices: 100,
      }),
    ).toBe(
      "Nothing of the last 1,000 of 1,240 plans, the last 100 drifts and the last 100 notices is about it. An older plan: `show 12` or `evidence 12`, by its number.",
    );
  });
});
