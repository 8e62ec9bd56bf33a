import { isJsonObject, type Json, type JsonObject } from "../json.js";
import type { PolicyChange } from "../policy/change.js";
import { comparablePolicy } from "../policy/comparable-policy.js";
import { afterMigration } from "../policy/graph-made/migration.js";
import type { Policy } from "../policy/policy.js";
import { exactJson } from "./exact-json.js";
import { GROUPS_NAMED, groupWordsIn, profileNames } from "./group-words.js";
import type { Medium } from "./medium.js";
import type { Particular } from "./particulars.js";
import type { Sides } from "./policy-change-words.js";

/** A sign and a space start a list in Markdown; a no-break space does not. */
const NBSP = "\u00a0";
/** Few enough that no medium cuts it. */
const PIECE = 160;
/** Members that have words of their own, and the values of others that go without saying. */
const NAMED: ReadonlySet<string> = new Set(["id", "allowedPasskeyProfiles"]);
const ORDINARY: readonly (readonly [string, unknown])[] = [
  ["targetType", "group"],
  ["isRegistrationRequired", false],
];

type TargetChange = Extract<PolicyChange, { setting: "include" | "exclude" }>;

/** Every group that comes, goes, or gets other profiles, a line for each. */
export function targetParticulars(change: TargetChange, sides: Sides, medium: Medium): readonly Particular[] {
  const list = change.setting === "include" ? "includeTargets" : "excludeTargets";
  // Where profiles come into use in between, every target has the default one before anything else is changed.
  const from = afterMigration(sides.before, sides.after) ?? sides.before;
  const [before, after] = [targetsOf(from, list), targetsOf(sides.after, list)];
  const [named, namedAfter] = [idsNamed(change.before), idsNamed(change.after)];
  const words = (id: string, policy: Policy, target: JsonObject | undefined) =>
    targetWords(id, policy, target, { sides, medium });
  const row = medium.strong(change.setting === "include" ? "Who" : "Except");
  const gone = [...before].filter(([id]) => !after.has(id));
  const come = [...after].filter(([id]) => !before.has(id));
  const stay = [...before].filter(
    ([id, target]) => after.has(id) && profilesOf(target) !== profilesOf(after.get(id)),
  );
  return [
    ...gone.map(([id, target]) => ({
      lines: [`${row}: −${NBSP}${words(id, from, target)}`],
      inBrief: named.includes(id) && unusualOf(target).length === 0,
    })),
    ...come.map(([id, target]) => ({
      lines: [`${row}: +${NBSP}${words(id, sides.after, target)}`],
      inBrief: namedAfter.includes(id) && unusualOf(target).length === 0,
    })),
    ...stay.map(([id, target]) => ({
      lines: [`${row}: ${words(id, from, target)} → ${profileWords(sides.after, after.get(id), medium)}`],
      inBrief: named.includes(id) && namedAfter.includes(id),
    })),
  ];
}

/** Those that a row of a diff names. */
function idsNamed(targets: readonly (string | { readonly id: string })[]): readonly string[] {
  return targets.slice(0, GROUPS_NAMED).map((target) => (typeof target === "string" ? target : target.id));
}

function targetsOf({ raw }: Policy, list: string): ReadonlyMap<string, JsonObject> {
  const targets = comparablePolicy(raw)[list];
  const objects = Array.isArray(targets)
    ? targets.filter((each): each is JsonObject => isJsonObject(each))
    : [];
  return new Map(objects.map((target) => [String(target.id), target]));
}

/** Members of a target that no row of a diff speaks of. */
function unusualOf(target: JsonObject | undefined): readonly (readonly [string, Json])[] {
  return Object.entries(target ?? {}).filter(
    ([member, value]) =>
      !NAMED.has(member) &&
      value !== null &&
      !ORDINARY.some(([name, usual]) => name === member && usual === value),
  );
}

function profilesOf(target: JsonObject | undefined): string {
  return JSON.stringify(target?.allowedPasskeyProfiles ?? []);
}

/** "Pilot (Default, Synced; isRegistrationRequired true)". */
function targetWords(
  id: string,
  policy: Policy,
  target: JsonObject | undefined,
  { sides, medium }: { readonly sides: Sides; readonly medium: Medium },
): string {
  const { groupWords } = groupWordsIn(medium);
  const details = [
    ...(policy.shape === "profiles" && target !== undefined && "allowedPasskeyProfiles" in target
      ? [profileWords(policy, target, medium)]
      : []),
    ...unusualOf(target).map(
      ([member, value]) => `${medium.quote(member)} ${exactJson(value, PIECE).map(medium.quote).join("")}`,
    ),
  ];
  return `${groupWords(id, sides)}${details.length === 0 ? "" : ` (${details.join("; ")})`}`;
}

function profileWords(policy: Policy, target: JsonObject | undefined, { quote }: Medium): string {
  const ids = target?.allowedPasskeyProfiles;
  return profileNames((Array.isArray(ids) ? ids : []).map(String), policy, quote);
}
