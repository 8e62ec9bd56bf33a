import { describe, expect, it } from "vitest";
import { groupId, personId } from "../../../src/core/person.js";
import type { Plan, PlanNote } from "../../../src/core/plan/plan.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { AdaptiveCard } from "../../../src/teams/cards/card.js";
import { planCard } from "../../../src/teams/cards/plan-card.js";
import { planDetails } from "../../../src/teams/cards/plan-details.js";
import type { PlanView } from "../../../src/teams/cards/plan-view.js";
import { cardProblems, elementsOf } from "./adaptive-card-schema.js";
import { pretty, titles, words } from "./card-words.js";
import {
  ADA,
  APPROVAL,
  allow,
  enablePlan,
  GRACE,
  impact,
  LATER,
  LOSING,
  NOTES,
  narrowingPlan,
  OTHERS,
  policy,
  proposal,
  REQUEST,
  REQUESTER_VIEW,
  ROOM_VIEW,
  STATES,
} from "./sample-plans.js";

const incomplete = (losing = LOSING.slice(0, 0)) =>
  narrowingPlan(
    {},
    {
      losing,
      coverage: {
        ...impact().coverage,
        complete: false,
        unread: LOSING.map((person) => ({ ...person, why: "403" })),
      },
    },
  );

/** 500 models and 5,000 people with long names. */
function hugePlan(): Plan {
  const models = Array.from(
    { length: 500 },
    (_, at) => `${String(at).padStart(8, "0")}-0000-4000-8000-000000000000`,
  );
  const people = Array.from({ length: 5_000 }, (_, at) => ({
    id: personId(`p${at}`),
    name: `Somebody With *Quite* A Long Name, Number ${at}`,
    isAdmin: at < 20,
  }));
  const groups = Array.from(
    { length: 90 },
    (_, at) => `${String(at).padStart(8, "0")}-1111-4111-8111-111111111111`,
  );
  const include = groups.map((id) => ({ targetType: "group", id, isRegistrationRequired: false }));
  const before = policy({ keyRestrictions: allow(models.slice(0, 250)) });
  const after = policy({ keyRestrictions: allow(models.slice(200)), includeTargets: include });
  return enablePlan({
    command: "enable passkeys ".repeat(60),
    intent: {
      kind: "enable",
      restriction: "as-fits",
      authenticators: ["ios", "android"],
      targets: {
        kind: "groups",
        groups: groups.map((id) => ({ id: groupId(id), name: `Group ${id}`.repeat(5) })),
      },
    },
    proposal: proposal(before, after, {
      usage: models.map((aaguid, at) => ({ aaguid: aaguid as Aaguid, people: at })),
      modelNames: Object.fromEntries(
        models.map((aaguid) => [aaguid, `Model ${aaguid} of a maker with a long name`]),
      ),
      groupNames: Object.fromEntries(groups.map((id) => [id, `Group ${id} `.repeat(5)])),
      bytes: 19_999,
      impact: impact({
        narrows: true,
        losing: people,
        keepingAnother: people,
        coverage: {
          ...impact().coverage,
          complete: false,
          unread: people.map((person) => ({ ...person, why: "Graph said 429 again and again ".repeat(5) })),
        },
      }),
    }),
  });
}

const VIEWS: readonly PlanView[] = [OTHERS, ROOM_VIEW, REQUESTER_VIEW, { ...OTHERS, scan: "incomplete" }];
const everyPlan = (): readonly Plan[] => [
  enablePlan(),
  narrowingPlan(),
  incomplete(),
  hugePlan(),
  ...Object.values(STATES).map((state) => enablePlan({ state, approvals: [APPROVAL] })),
  ...NOTES.map((note) => enablePlan({ note })),
];
const everyCard = (): readonly AdaptiveCard[] =>
  everyPlan().flatMap((plan) => VIEWS.flatMap((view) => [planCard(plan, view), planDetails(plan, view)]));

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

describe("every plan card", () => {
  it("is a valid Adaptive Card 1.5", () => {
    for (const card of everyCard()) expect(cardProblems(card)).toEqual([]);
  });

  it("stays under 28 KB, with 500 models and 5,000 people, too", () => {
    for (const card of everyCard()) expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });

  it("has only buttons that carry plan and revision and explain themselves to old clients", () => {
    for (const card of everyCard()) {
      for (const action of elementsOf(card, "Action.Execute")) {
        const { verb, data, title } = action;
        expect(Object.keys(data as object)).toEqual(["planId", "revision"]);
        expect(action.fallback).toEqual({
          type: "Action.Submit",
          title,
          data: { ...(data as object), verb },
        });
      }
    }
  });

  it("starts no line with what Markdown takes for a list", () => {
    const lines = everyCard().flatMap((card) => words(card).split("\n"));
    for (const line of lines) expect(line).not.toMatch(/^[-+*−] /);
  });
});

describe("a waiting plan's card", () => {
  it("looks like this", async () => {
    await expect(pretty(planCard(enablePlan(), OTHERS))).toMatchFileSnapshot("snapshots/waiting.snap");
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
    expect(words(card)).toContain("Grace Hopper");
    expect(titles(card)).toContain("Approve");
    if ("requestId" in note) expect(words(card)).toContain(`Graph request ${REQUEST}`);
  });

  it("says that Graph reported success and nothing came of it", () => {
    const note: PlanNote = { kind: "no-effect", at: LATER, approver: GRACE };
    expect(words(planCard(enablePlan({ note }), OTHERS))).toContain(
      "Not applied: Graph reported success, but reading back shows the old policy.",
    );
  });
});

describe("a plan that takes sign-in from people", () => {
  it("looks like this in an approval room", async () => {
    await expect(pretty(planCard(narrowingPlan(), ROOM_VIEW))).toMatchFileSnapshot(
      "snapshots/narrowing.snap",
    );
  });

  it("names them in an approval room only; elsewhere it counts them", () => {
    expect(words(planCard(narrowingPlan(), ROOM_VIEW))).toContain(
      "Mary Shelley (administrator) · Alan Kay · Barbara Liskov",
    );
    const elsewhere = words(planCard(narrowingPlan(), OTHERS));
    expect(elsewhere).toContain("3 people lose passkey sign-in");
    expect(elsewhere).toContain("1 of them is an administrator");
    for (const { name } of LOSING) expect(elsewhere).not.toContain(name);
  });

  it("names all of them to whoever presses Show all", () => {
    for (const { name } of LOSING) expect(words(planDetails(narrowingPlan(), OTHERS))).toContain(name);
  });

  it("counts those it has no room for", () => {
    expect(words(planCard(hugePlan(), ROOM_VIEW))).toContain("4,988 more");
    expect(words(planDetails(hugePlan(), OTHERS))).toMatch(/… and 4,[0-9]{3} people more/);
  });

  it("cannot be approved on an incomplete scan, and says what to do", () => {
    const card = planCard(incomplete(), { ...OTHERS, scan: "incomplete" });
    expect(titles(card)).toEqual(["Reject", "Show all"]);
    expect(words(card)).toContain("Could not tell whether anyone loses passkey sign-in.");
    expect(words(card)).toContain("The passkeys of 3 people could not be read.");
    expect(words(card)).toContain("ask for the change again");
  });

  it("cannot be approved on an old scan either", () => {
    const card = planCard(narrowingPlan({}, { losing: [] }), { ...OTHERS, scan: "too-old" });
    expect(titles(card)).toEqual(["Reject", "Show all"]);
    expect(words(card)).toContain("too old to decide on");
  });

  it("never says that nobody loses sign-in when not everybody was read", () => {
    expect(words(planCard(incomplete(), { ...ROOM_VIEW, scan: "incomplete" }))).not.toContain("Nobody loses");
    expect(words(planCard(incomplete(LOSING), { ...ROOM_VIEW, scan: "incomplete" }))).toContain(
      "At least 3 people lose",
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
