import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import type { Plan, PlanState } from "../../../../src/core/plan/plan.js";
import type { RevertIntent, TakenBack } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS } from "../../../../src/core/policy/policy.js";
import { overlapsOf } from "../../../../src/core/policy/revert/overlaps.js";
import { revertPolicy } from "../../../../src/core/policy/revert/revert.js";
import { CARD_LIMIT_BYTES } from "../../../../src/teams/cards/parts/card-parts.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import { planTitle } from "../../../../src/teams/words/plan-words.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { pretty, titles, words } from "../card-words.js";
import {
  allow,
  enablePlan,
  FEITIAN,
  GRACE,
  impact,
  LATER,
  LOSING,
  OTHERS,
  policy,
  proposal,
  ROOM_VIEW,
  STATES,
  UNRESTRICTED,
  YUBIKEY_NEO,
} from "./sample-plans.js";

const PILOT = "11111111-2222-4222-8222-222222222222";
const ALLOWED_NEO: TakenBack = {
  kind: "plan",
  planNumber: 12,
  undone: { kind: "allow", aaguids: [YUBIKEY_NEO] },
};
const TWO = [AUTHENTICATOR_IOS, AUTHENTICATOR_ANDROID];
const listed = (...more: string[]) => policy({ keyRestrictions: allow([...TWO, ...more]) });

interface Taking {
  readonly from: JsonObject;
  readonly to: JsonObject;
  readonly today?: JsonObject;
  readonly of?: TakenBack;
  readonly state?: PlanState;
}

/** The plan that takes it back, as it would be made. */
function undoPlan({ from, to, today = from, of = ALLOWED_NEO, state }: Taking): Plan {
  const intent: RevertIntent = { kind: "revert", from, to, of };
  const after = revertPolicy(parsePolicy(today), intent);
  if ("kind" in after) throw new Error(after.code);
  const overlaps = overlapsOf(today, after.raw, intent);
  return enablePlan({
    number: 14,
    command: "undo 12",
    intent,
    proposal: proposal(today, after.raw, {
      ...(overlaps.length === 0 ? {} : { overlaps }),
      groupNames: { [PILOT]: "Pilot *group*" },
      groupFacts: { [PILOT]: { people: 36 } },
    }),
    ...(state ? { state } : {}),
  });
}

const warnings = (plan: Plan) =>
  words(planCard(plan, OTHERS))
    .split("\n")
    .filter((line) => line.startsWith("⚠ Changed again"));

describe("the card of an undo", () => {
  it("looks like this", async () => {
    const { proposal: made, ...plan } = undoPlan({
      from: listed(YUBIKEY_NEO),
      to: listed(),
      today: listed(YUBIKEY_NEO, FEITIAN),
    });
    const cutOff = impact({
      narrows: true,
      losing: LOSING,
      modelsCutOff: [{ aaguid: YUBIKEY_NEO, people: 3 }],
    });
    const narrowing = proposal(made.before, made.after, { ...made, impact: cutOff });
    const card = planCard({ ...plan, proposal: narrowing }, ROOM_VIEW);
    await expect(pretty(card)).toMatchFileSnapshot("../snapshots/undo.snap");
  });

  it("says what it takes back, and from which value to which", () => {
    const from = policy({ includeTargets: [{ targetType: "group", id: PILOT, allowedPasskeyProfiles: [] }] });
    const plan = undoPlan({ from, to: policy() });
    const said = words(planCard(plan, OTHERS));
    expect(said).toContain("Undo #12: All users may use passkeys (was ");
    expect(said).toContain("Takes back what plan #12 changed, and nothing else");
    expect(said).toContain("Who\nNow: Pilot \\*group\\* (36 people, 11111111)\nAfter: all users");
    expect(warnings(plan)).toEqual([]);
    expect(titles(planCard(plan, OTHERS))).toEqual(["Approve", "Reject", "Show all"]);
  });

  it("warns of what was changed again since, and says that it stays", () => {
    const plan = undoPlan({ from: listed(YUBIKEY_NEO), to: listed(), today: listed(YUBIKEY_NEO, FEITIAN) });
    const line =
      "**Which models** was 3 allowed and is 4 allowed today (added: Feitian ePass FIDO2). This plan keeps that.";
    expect(warnings(plan)).toEqual([`⚠ Changed again since plan #12: ${line}`]);
    expect(words(planDetails(plan, OTHERS))).toContain(`Changed again since (1)\n${line}`);
  });

  it("warns first of what it overwrites", () => {
    const plan = undoPlan({
      from: policy({ later: "a *b*", includeTargets: [{ id: "all_users" }] }),
      to: policy({ later: "old", includeTargets: [] }),
      today: policy({ later: "new", includeTargets: [{ id: "all_users" }, { id: PILOT }] }),
    });
    expect(warnings(plan)).toEqual([
      "⚠ Changed again since plan #12: **later** was a \\*b\\* and is new today. This plan overwrites that with what was there before plan #12.",
      "⚠ Changed again since plan #12: **Who** was all users and is all users and Pilot \\*group\\* (36 people, 11111111) today. This plan keeps that.",
    ]);
  });

  it("names the kind of list where that was changed, and no models", () => {
    const plan = undoPlan({
      from: listed(),
      to: policy({ keyRestrictions: UNRESTRICTED }),
      today: policy({ keyRestrictions: allow([FEITIAN], "block") }),
    });
    expect(warnings(plan)).toEqual([
      "⚠ Changed again since plan #12: **Which models** was 2 allowed and is all but 1 blocked today. This plan overwrites that with what was there before plan #12.",
    ]);
  });

  it("counts what there is no room for, and lists it under Show all", () => {
    const later = (value: string) =>
      Object.fromEntries(
        Array.from({ length: 60 }, (_, at) => [`later${at}`, `${value} ${"x".repeat(500)}`]),
      );
    const plan = undoPlan({ from: policy(later("a")), to: policy(later("b")), today: policy(later("c")) });
    expect(warnings(plan)).toHaveLength(4);
    expect(words(planCard(plan, OTHERS))).toContain(
      "⚠ 56 more settings were changed again since. Show all lists them.",
    );
    const pages = Array.from({ length: 30 }, (_, at) => words(planDetails(plan, OTHERS, at + 1)));
    expect(pages.join("\n")).toContain("Changed again since (1 to ");
    for (const card of [planCard(plan, OTHERS), planDetails(plan, OTHERS), planDetails(plan, OTHERS, 2)]) {
      expect(cardProblems(card)).toEqual([]);
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(CARD_LIMIT_BYTES);
    }
  });

  it("does not warn any more once it is decided, and says how to take it back", () => {
    const plan = undoPlan({
      from: listed(YUBIKEY_NEO),
      to: listed(),
      today: listed(YUBIKEY_NEO, FEITIAN),
      state: { ...STATES.applied, by: GRACE, at: LATER } as PlanState,
    });
    expect(warnings(plan)).toEqual([]);
    expect(words(planCard(plan, OTHERS))).toContain("undo 14");
  });
});

describe("the title of a plan that takes something back", () => {
  const taking = (of: TakenBack) => undoPlan({ from: policy({ state: "disabled" }), to: policy(), of });
  /** As plans of the first version are stored. */
  const withoutEffect = (of: TakenBack) => {
    const { intent, proposal: made } = taking(of);
    const { effect: _, ...rest } = made;
    return planTitle({ intent, proposal: rest });
  };
  const again: TakenBack = { kind: "plan", planNumber: 13, undone: { kind: "revert", of: ALLOWED_NEO } };

  it.each<[string, TakenBack]>([
    ["Undo #12 “Allow YubiKey NEO”", ALLOWED_NEO],
    ["Undo #9 “Turn passkeys off”", { kind: "plan", planNumber: 9, undone: { kind: "disable" } }],
    ["Undo #13 “Undo #12”", again],
    ["Undo #14 “Undo #13”", { kind: "plan", planNumber: 14, undone: { kind: "revert", of: again } }],
    ["Put back drift 3", { kind: "drift", driftNumber: 3 }],
    [
      "Undo #15 “Put back drift 3”",
      { kind: "plan", planNumber: 15, undone: { kind: "revert", of: { kind: "drift", driftNumber: 3 } } },
    ],
  ])("is %j where only what was asked is known", (expected, of) => {
    expect(withoutEffect(of)).toBe(expected);
  });

  it.each<[string, TakenBack]>([
    ["Undo #13: Turn passkeys on for all users", again],
    ["Put back drift 3: Turn passkeys on for all users", { kind: "drift", driftNumber: 3 }],
  ])("is %j where it turns passkeys on", (expected, of) => {
    expect(planTitle(taking(of))).toBe(expected);
  });
});
