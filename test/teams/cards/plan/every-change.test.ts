import { describe, expect, it } from "vitest";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../../../src/core/json.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import { driftCard } from "../../../../src/teams/cards/drift/drift-card.js";
import { driftDetails } from "../../../../src/teams/cards/drift/drift-details.js";
import type { AdaptiveCard } from "../../../../src/teams/cards/parts/card.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import { plain } from "../../../../src/teams/words/card-text.js";
import { fc } from "../../../setup/drawn.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { words } from "../card-words.js";
import { aDrift } from "../drift/sample-drifts.js";
import { anyDifference, GROUPS, MODELS, nameOf } from "./any-difference.js";
import { enablePlan, OTHERS, policy, proposal, STATES, UNRESTRICTED } from "./sample-plans.js";

const RUNS = { numRuns: 60 };
const names = Object.fromEntries([...GROUPS, ...MODELS].map((each) => [each, nameOf(each)]));

function planOf(before: JsonObject, after: JsonObject): Plan {
  return enablePlan({
    proposal: proposal(before, after, { modelNames: names, groupNames: names, usage: [] }),
  });
}

/** Every page as an approver gets it who presses Next page until there is none. */
function leafThrough(draw: (page: number) => AdaptiveCard): readonly AdaptiveCard[] {
  const cards: AdaptiveCard[] = [];
  for (let page = 1; ; page += 1) {
    const card = draw(page);
    cards.push(card);
    if (!(card.actions ?? []).some(({ title }) => title === "Next page")) return cards;
  }
}

const linesOf = (cards: readonly AdaptiveCard[]): readonly string[] =>
  cards.flatMap((card) => words(card).split("\n"));

/** The configuration as this test reads it: where each thing stands, and what it is. Nothing of the product's diff. */
type Facts = ReadonlyMap<string, Json>;

function factsOf(raw: JsonObject): Facts {
  const facts = new Map<string, Json>();
  for (const [member, value] of Object.entries(raw)) {
    if (
      member.includes("@odata.") ||
      (usesProfiles(raw) && /^(isAttestationEnforced|keyRestrictions)$/.test(member))
    )
      continue;
    if (member === "includeTargets" || member === "excludeTargets") {
      for (const target of value as readonly JsonObject[]) {
        facts.set(
          `${member} ${String(target.id).toLowerCase()}`,
          [...((target.allowedPasskeyProfiles ?? []) as string[])].sort(),
        );
      }
    } else if (member === "passkeyProfiles") {
      for (const each of value as readonly JsonObject[]) ofRules(`profile ${String(each.id)} `, each, facts);
    } else ofRules("", { [member]: value }, facts);
  }
  return facts;
}

function ofRules(where: string, rules: JsonObject, facts: Map<string, Json>): void {
  for (const [member, value] of Object.entries(rules)) {
    if (member === "keyRestrictions" && isJsonObject(value)) {
      for (const entry of value.aaGuids as readonly string[])
        facts.set(`${where}model ${entry.toLowerCase()}`, true);
    } else if (member === "passkeyTypes") {
      facts.set(`${where}member ${member}`, String(value).split(",").sort().join(","));
    } else if (member !== "id" && member !== "name") facts.set(`${where}member ${member}`, value);
  }
}

const usesProfiles = ({ passkeyProfiles }: JsonObject): boolean =>
  Array.isArray(passkeyProfiles) && passkeyProfiles.length > 0;

/**
 * Where a tenant moves to profiles between the two, its rules become those of the default profile, which every target
 * may use: what has to be shown is what differs besides, and which profile is the default.
 */
function moved(before: JsonObject, after: JsonObject): JsonObject {
  if (usesProfiles(before) || !usesProfiles(after)) return before;
  const isAttested = before.isAttestationEnforced === true;
  const id = String(after.defaultPasskeyProfile ?? "00000000-0000-0000-0000-000000000001");
  const profile = {
    id,
    passkeyTypes: isAttested ? "deviceBound" : "deviceBound,synced",
    attestationEnforcement: isAttested ? "registrationOnly" : "disabled",
    keyRestrictions: before.keyRestrictions ?? null,
  };
  const targets = (before.includeTargets ?? []) as readonly JsonObject[];
  return {
    ...before,
    passkeyProfiles: [profile],
    includeTargets: targets.map((target) => ({ ...target, allowedPasskeyProfiles: [id] })),
  };
}

/** What has to be on a line of Show all for a difference to be seen; each part in one line. */
function expectations(before: JsonObject, after: JsonObject): readonly (readonly string[])[] {
  const [old, now] = [factsOf(moved(before, after)), factsOf(after)];
  const places = [...new Set([...old.keys(), ...now.keys()])];
  return places.flatMap((place) => {
    const [was, is] = [old.get(place) ?? null, now.get(place) ?? null];
    return canonicalJson(was) === canonicalJson(is) ? [] : [partsOf(place, was, is)];
  });
}

function partsOf(place: string, was: Json, is: Json): readonly string[] {
  const [list = "", ...rest] = place.split(" ");
  const name = rest.join(" ");
  if (list === "includeTargets" || list === "excludeTargets") {
    const sign = was === null ? "+" : is === null ? "−" : "→";
    return [
      list === "includeTargets" ? "**Who**" : "**Except**",
      sign,
      name === "all_users" ? "all users" : shown(name),
    ];
  }
  const model = /model (.*)$/.exec(place)?.[1];
  if (model !== undefined) return [was === null ? "+" : "−", model];
  const member = /member (.*)$/.exec(place)?.[1] ?? place;
  switch (member) {
    case "state":
      return ["**Passkeys (FIDO2)**", was === "enabled" ? "on → off" : "off → on"];
    case "isSelfServiceRegistrationAllowed":
      return ["**Self-service set-up**", was === true ? "allowed → not allowed" : "not allowed → allowed"];
    case "isAttestationEnforced":
    case "attestationEnforcement":
      return ["ttestation", "enforced"];
    case "passkeyTypes":
      return ["inds of passkey"];
    default:
      return [plain(member)];
  }
}

/** A member may be called as what every object seems to have. */
const shown = (each: string): string => plain((Object.hasOwn(names, each) ? names[each] : undefined) ?? each);

function expectEverything(before: JsonObject, after: JsonObject, cards: readonly AdaptiveCard[]): void {
  const lines = linesOf(cards);
  for (const parts of expectations(before, after)) {
    const found = lines.some((line) =>
      parts.every((part) => line.toLowerCase().includes(part.toLowerCase())),
    );
    if (!found) expect.fail(`no line has ${JSON.stringify(parts)}:\n${lines.join("\n")}`);
  }
  for (const card of cards) {
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
    expect(cardProblems(card)).toEqual([]);
  }
}

/** A brief card has setting and values in cells of their own, and models by name. */
function expectBrief(before: JsonObject, after: JsonObject, card: AdaptiveCard): void {
  const said = words(card).toLowerCase();
  const spoken = expectations(before, after)
    .flat()
    .filter((part) => !/^[+−→]$/.test(part))
    .flatMap((part) => (names[part] ? [shown(part)] : part.replace(/^\*\*(.*)\*\*$/, "$1").split(/ ?→ ?/)));
  for (const part of spoken)
    if (!said.includes(part.toLowerCase()))
      expect.fail(`the card lacks ${part} and does not say so:\n${said}`);
}

const PRESS =
  /\*\*Press Show all before you (?:approve|accept it):\*\* ([\d,]+) changes? (?:is|are) not shown here/g;

describe("whatever differs between two policies", () => {
  const timeout = 60_000;

  it("is on the card of the plan or on a page of Show all", { timeout }, () => {
    fc.assert(
      fc.property(anyDifference, ([before, after]) => {
        const plan = planOf(before, after);
        const card = planCard(plan, OTHERS);
        // Near the top, and where that is far up beside the buttons.
        const said = words(card).match(PRESS) ?? [];
        if (said.length === 0) expectBrief(before, after, card);
        else expect(said).toEqual(said.map(() => said[0]));
        const pages = leafThrough((page) => planDetails(plan, OTHERS, page));
        expectEverything(before, after, [planCard(plan, OTHERS), ...pages]);
      }),
      RUNS,
    );
  });

  it("is on the card of a drift or on a page of its Show all", { timeout }, () => {
    fc.assert(
      fc.property(anyDifference, ([before, after]) => {
        const drift = aDrift({ difference: planOf(before, after).proposal });
        const pages = leafThrough((page) => driftDetails(drift, page));
        expectEverything(before, after, [driftCard(drift, { names: "counted" }), ...pages]);
      }),
      RUNS,
    );
  });
});

describe("a plan that is larger than its card", () => {
  const settings = (value: string): JsonObject =>
    Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`setting${at}`, `${value}${at}`]));
  const plan = planOf(policy(settings("old")), policy(settings("new")));

  it("counts what is not shown, near the top and beside the buttons", () => {
    const said = words(planCard(plan, OTHERS));
    expect(said.match(PRESS)).toEqual(
      Array(2).fill(expect.stringContaining(" 17 changes are not shown here")),
    );
    expect(said).toContain("setting13\nold13\nnew13");
    expect(said).not.toContain("setting14");
  });

  it("says so once where top and buttons are seen together", () => {
    const dropped = planOf(policy(), policy({ keyRestrictions: UNRESTRICTED }));
    expect(words(planCard(dropped, OTHERS)).match(PRESS)).toEqual([
      expect.stringContaining(" 7 changes are not shown here"),
    ]);
  });

  it("has every one of them in Show all", () => {
    const said = linesOf(leafThrough((page) => planDetails(plan, OTHERS, page)));
    for (let at = 0; at < 31; at += 1) {
      expect(said).toContain(`**setting${at}**, before: "old${at}"`);
      expect(said).toContain(`**setting${at}**, after: "new${at}"`);
    }
  });

  it("says so no longer once it is decided", () => {
    const applied = { ...plan, state: STATES.applied as Plan["state"] };
    expect(words(planCard(applied, OTHERS))).not.toContain("before you approve");
  });
});

describe("a value that Latchkey has no name for", () => {
  const lines = (before: string, after: string) => {
    const plan = planOf(policy({ later: before }), policy({ later: after }));
    return linesOf(leafThrough((page) => planDetails(plan, OTHERS, page))).filter((line) =>
      line.includes("later"),
    );
  };

  it.each([
    ["ab", "a\u200bb", '"a\\\\u200bb"'],
    ["a b", "a  b", '"a \\\\u0020b"'],
    ["a b", "a\u00a0b", '"a\\\\u00a0b"'],
    ["a", "a\u202e", '"a\\\\u202e"'],
  ])("is shown so that %j and %j never look the same", (before, after, shownAs) => {
    expect(lines(before, after)).toEqual([`**later**, before: "${before}"`, `**later**, after: ${shownAs}`]);
  });

  it("is shown to its last character, in pieces", () => {
    const [before, after] = [`${"x".repeat(500)}1`, `${"x".repeat(500)}2`];
    const said = lines(before, after);
    expect(said.map((line) => line.replace(/: .*/, ""))).toEqual([
      ...[1, 2, 3, 4].map((piece) => `**later**, before (${piece} of 4)`),
      ...[1, 2, 3, 4].map((piece) => `**later**, after (${piece} of 4)`),
    ]);
    const text = said.slice(4).map((line) => line.replace(/^[^:]*: /, ""));
    expect(text.join("")).toBe(`"${after}"`);
  });
});
