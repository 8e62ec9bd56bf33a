import { describe, expect, it } from "vitest";
import { type Plan, summaryOf } from "../../../../src/core/plan/plan.js";
import { evidenceCard } from "../../../../src/teams/cards/reports/evidence-card.js";
import { historyCard } from "../../../../src/teams/cards/reports/history-card.js";
import { sampleEvidence } from "../../../core/evidence/sample-evidence.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { APPROVAL, enablePlan, narrowingPlan, STATES } from "../plan/sample-plans.js";

const HEAD = { sequence: 128, hash: "c".repeat(64) };
const json = (card: unknown): string => JSON.stringify(card);
const cardOf = (...plans: readonly Plan[]) => historyCard({ plans: plans.map(summaryOf), head: HEAD });

describe("the history card", () => {
  it("lists plans with who asked, who decided and what became of them", () => {
    const applied = STATES.applied ?? { kind: "waiting" };
    const text = json(
      cardOf(narrowingPlan({ revision: 2 }), enablePlan({ state: applied, approvals: [APPROVAL] })),
    );
    expect(text).toMatch(
      /#13\*\* Remove YubiKey NEO: 3 people lose sign-in.*Waiting for approval.*“remove YubiKey NEO” · revision 2 · expires/,
    );
    expect(text).toMatch(
      /#12\*\* Turn passkeys on for all users.*Applied and verified.*asked by Ada Lovelace.*: “enable passkeys” · approved by Grace Hopper/,
    );
  });

  it.each([...Object.entries(STATES), ["waiting", { kind: "waiting" }] as const])(
    "says what became of a plan: %s",
    (_, state) => {
      const card = cardOf(enablePlan({ state }));
      expect(json(card)).toMatch(/ · (approved|rejected|cancelled|closed|nobody decided|expires)/);
      expect(cardProblems(card)).toEqual([]);
    },
  );

  it("names each of several approvers", () => {
    const approvals = ["Ada", "Grace", "Linus"].map((name) => ({
      ...APPROVAL,
      by: { ...APPROVAL.by, name },
    }));
    const text = json(cardOf(enablePlan({ state: STATES.applied ?? { kind: "waiting" }, approvals })));
    expect(text).toContain("approved by Ada, Grace and Linus,");
    expect(text).toContain('"The last plan"');
  });

  it("ends with the head of the record, as verify takes it, and what it is for", () => {
    const text = json(cardOf());
    expect(text).toContain(`128:${"c".repeat(64)}`);
    expect(text).toContain("npm run audit -- verify --head");
    expect(text).toContain("No plans yet");
  });

  it("shows as many plans as a card has room for", () => {
    const requester = { ...enablePlan().requester, name: "N".repeat(160) };
    const plans = Array.from({ length: 200 }, (_, at) => enablePlan({ number: 200 - at, requester }));
    const text = json(cardOf(...plans));
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(28_000);
    expect(text).toContain("**#200**");
    expect(text).not.toContain("**#1**");
  });

  it("shows names as they are written", () => {
    const requester = { ...enablePlan().requester, name: "**Eve** [x](https://x.example)" };
    expect(json(cardOf(enablePlan({ requester })))).toContain("\\\\*\\\\*Eve\\\\*\\\\*");
  });
});

describe("the evidence card", () => {
  it("sums up what the file holds, and has one button that opens it", () => {
    const evidence = sampleEvidence();
    const url = "https://latchkey.example/evidence/secret";
    const validUntil = "2026-11-22T10:57:00.000Z";
    const card = evidenceCard({ kind: "evidence-given", evidence, secret: "secret", validUntil }, url);
    expect(card.actions).toEqual([{ type: "Action.OpenUrl", title: "Download", url }]);
    expect(json(card)).toMatch(/Approved by.*Grace Hopper/);
    expect(json(card)).toContain("5 records between 14 and 18 of the chain");
    expect(cardProblems(card)).toEqual([]);
  });
});
