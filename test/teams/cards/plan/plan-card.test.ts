import { describe, expect, it } from "vitest";
import type { Plan, PlanNote } from "../../../../src/core/plan/plan.js";
import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import type { PlanView } from "../../../../src/teams/cards/plan/plan-view.js";
import { cardProblems, elementsOf } from "../adaptive-card-schema.js";
import { pretty, titles, words } from "../card-words.js";
import { hugePlan } from "./large-plans.js";
import {
  ADA,
  APPROVAL,
  enablePlan,
  GRACE,
  LATER,
  NOTES,
  narrowingPlan,
  OTHERS,
  REQUEST,
  REQUESTER_VIEW,
  ROOM_VIEW,
  STATES,
  unreadPlan,
} from "./sample-plans.js";

const VIEWS: readonly PlanView[] = [OTHERS, ROOM_VIEW, REQUESTER_VIEW, { ...OTHERS, scan: "incomplete" }];
const everyPlan = (): readonly Plan[] => [
  enablePlan(),
  narrowingPlan(),
  unreadPlan(),
  hugePlan(),
  ...Object.values(STATES).map((state) => enablePlan({ state, approvals: [APPROVAL] })),
  ...NOTES.map((note) => enablePlan({ note })),
];
const EVERY_CARD: readonly AdaptiveCard[] = everyPlan().flatMap((plan) =>
  VIEWS.flatMap((view) => [planCard(plan, view), planDetails(plan, view), planDetails(plan, view, 2)]),
);

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

describe("every plan card", () => {
  it("is a valid Adaptive Card 1.5", () => {
    for (const card of EVERY_CARD) expect(cardProblems(card)).toEqual([]);
  });

  it("is in one place as it is where it is drawn for no other", () => {
    for (const plan of everyPlan()) {
      for (const view of VIEWS) {
        for (const other of VIEWS) planCard(plan, other);
        expect(planCard(plan, view)).toEqual(planCard({ ...plan }, view));
      }
    }
  });

  it("stays under 28 KB, with 500 models and 5,000 people, too", () => {
    for (const card of EVERY_CARD) expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });

  it("has only buttons that carry plan, revision, digest and page in less than 200 bytes, and explain themselves to old clients", () => {
    for (const card of EVERY_CARD) {
      for (const action of elementsOf(card, "Action.Execute")) {
        const { verb, data, title } = action;
        const leafs = title === "Next page" || title === "Previous page";
        expect(Object.keys(data as object)).toEqual([
          "planId",
          "revision",
          "digest",
          ...(leafs ? ["page"] : []),
        ]);
        expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(200);
        expect(action.fallback).toEqual({
          type: "Action.Submit",
          title,
          data: { ...(data as object), verb },
        });
      }
    }
  });

  it("starts no line with what Markdown takes for a list", () => {
    const lines = EVERY_CARD.flatMap((card) => words(card).split("\n"));
    for (const line of lines) expect(line).not.toMatch(/^[-+*−] /);
  });
});

describe("a waiting plan's card", () => {
  it("looks like this", async () => {
    await expect(pretty(planCard(enablePlan(), OTHERS))).toMatchFileSnapshot("../snapshots/waiting.snap");
  });

  it("carries Approve, Reject and Show all wherever others see it, in that order", () => {
    expect(titles(planCard(enablePlan(), OTHERS))).toEqual(["Approve", "Reject", "Show all"]);
  });

  it("carries Cancel in the requester's own chat, and Approve only where that is allowed", () => {
    expect(titles(planCard(enablePlan(), REQUESTER_VIEW))).toEqual(["Cancel", "Show all"]);
    const lenient: PlanView = { ...REQUESTER_VIEW, selfApproval: "allowed" };
    expect(titles(planCard(enablePlan(), lenient))).toEqual(["Approve", "Cancel", "Show all"]);
  });

  it("says how many approvals are missing, and who gave those there are", () => {
    const card = planCard(enablePlan({ approvalsRequired: 3, approvals: [APPROVAL] }), OTHERS);
    expect(words(card)).toContain("1 of 3 approvals");
    expect(words(card)).toContain(
      "Needs 2 more approvals from Authentication Policy Administrators. Approved by Grace Hopper.",
    );
    expect(words(card)).toContain("the last approver's own rights");
  });

  it("shows names, no GUIDs", () => {
    expect(words(planCard(enablePlan(), OTHERS))).not.toMatch(GUID);
    expect(words(planDetails(enablePlan(), OTHERS))).toMatch(GUID);
  });

  it("shows a GUID where there is no name", () => {
    const plan = enablePlan();
    const card = planCard({ ...plan, proposal: { ...plan.proposal, modelNames: {} } }, OTHERS);
    expect(words(card)).toContain("+\u00a090a3ccdf-635c-4729-a248-9b709135078f");
  });

  it.each(NOTES.map((note) => [note.kind, note] as const))("says what happened before: %s", (_, note) => {
    const card = planCard(enablePlan({ note, revision: 2 }), OTHERS);
    expect(words(card)).toContain("approver" in note ? "Grace Hopper" : "This is revision 2");
    expect(titles(card)).toContain("Approve");
    if ("requestId" in note) expect(words(card)).toContain(`Graph request ${REQUEST}`);
  });

  it("says that it rests on a new scan now", () => {
    const note: PlanNote = { kind: "scanned-anew", at: LATER };
    const said = words(planCard(narrowingPlan({ note, revision: 2 }), OTHERS));
    expect(said).toContain("Made anew on a new scan at {{TIME(2026-11-22T10:47:00Z)}}");
    expect(said).toContain("Earlier approvals do not count.");
  });

  it("says that Graph reported success and nothing came of it", () => {
    const note: PlanNote = { kind: "no-effect", at: LATER, approver: GRACE };
    expect(words(planCard(enablePlan({ note }), OTHERS))).toContain(
      "Not applied: Graph reported success, but reading back shows the old policy.",
    );
  });
});

describe("text from Graph and from people", () => {
  const HOSTILE =
    "**Bold** [link](https://evil.example) `code` _it_ {{DATE(2020-01-01T00:00:00Z)}}\n\n- item\u202e";

  it("reads as it was written and formats nothing", () => {
    const plan = enablePlan({
      requester: { ...ADA, name: HOSTILE },
      command: HOSTILE,
      state: { kind: "rejected", by: { ...GRACE, name: HOSTILE }, at: LATER, reason: HOSTILE },
    });
    // Text runs are not Markdown, so nothing in them is escaped.
    const blocks = elementsOf(planDetails(plan, ROOM_VIEW), "TextBlock");
    const said = blocks.map((block) => block.text).join("\n");
    expect(said).toContain("\\*\\*Bold\\*\\* \\[link\\](https://evil.example)");
    expect(said).not.toMatch(/(?<!\\)\*\*Bold/);
    expect(said).not.toMatch(/(?<!\\)\[link(?<!\\)\]/);
    expect(said).not.toContain("{{DATE(2020");
    expect(said).not.toContain("\u202e");
  });

  it("is cut when it is too long for its place", () => {
    const plan = enablePlan({ requester: { ...ADA, name: "x".repeat(5_000) } });
    expect(JSON.stringify(planCard(plan, OTHERS)).length).toBeLessThan(8_000);
  });
});
