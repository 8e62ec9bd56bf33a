import { unreachable } from "../errors.js";
import type { Json } from "../json.js";
import type { PolicyChange } from "../policy/change.js";
import type { PasskeyRules, Policy } from "../policy/policy.js";
import { exactJson } from "./exact-json.js";
import { listKind, rawRules } from "./list-entries.js";
import type { Medium } from "./medium.js";
import { OTHER_CHARACTERS, policyChangeWords, type Sides } from "./policy-change-words.js";
import { attestationWords, restrictionWords, typesWords } from "./policy-words.js";
import { targetParticulars } from "./target-particulars.js";

/** One thing that a change changes, in full. */
export interface Particular {
  /** One line; several where a value is very long. */
  readonly lines: readonly string[];
  /** Whether the change's own row of a diff says it as well. */
  readonly inBrief: boolean;
}

/** Characters of a value on one line: few enough that no medium cuts it. */
const PIECE = 160;

/** Everything that differs but the models on lists, which `listEntries` has: what a diff clips, and what it only counts. */
export function allParticulars(
  changes: readonly PolicyChange[],
  sides: Sides,
  medium: Medium,
): readonly Particular[] {
  const ofChanges = changes.flatMap((change) => particularsOf(change, sides, medium));
  return [...ofChanges, ...particularsOfShape(sides, medium)];
}

/** What becomes of the rules at the top level where profiles come or go: no change of its own says so. */
export function particularsOfShape({ before, after }: Sides, medium: Medium): readonly Particular[] {
  if (before.shape === after.shape) return [];
  const rules = before.shape === "legacy" ? before : after.shape === "legacy" ? after : undefined;
  const name = medium.strong(`Rules without a profile, ${before === rules ? "which end" : "which are new"}`);
  return namedWords(rules).map((words) => ({ lines: [`${name}: ${words}`], inBrief: false }));
}

/** The same of one change. */
export function particularsOf(change: PolicyChange, sides: Sides, medium: Medium): readonly Particular[] {
  switch (change.setting) {
    case "state":
    case "self-service":
    case "attestation":
    case "types":
    case "profile-name":
      return [inARow(change, sides, medium)];
    case "restriction":
      return [inARow(change, sides, medium), ...notEnforced(change, sides, medium)];
    case "include":
    case "exclude":
      return targetParticulars(change, sides, medium);
    case "profile-added":
      return [inARow(change, sides, medium), ...ofProfile(change.profile.id, sides.after, medium, true)];
    case "profile-removed":
      return [inARow(change, sides, medium), ...ofProfile(change.profile.id, sides.before, medium, false)];
    case "other":
      return [isList(change) ? inARow(change, sides, medium) : ofValues(change, medium)];
    default:
      return unreachable(change);
  }
}

function inARow(change: PolicyChange, sides: Sides, medium: Medium): Particular {
  const { setting, now, after } = policyChangeWords(change, sides, medium);
  return { lines: [`${medium.strong(setting)}: ${now} → ${after}`], inBrief: true };
}

/** The kind of a list that is written and not enforced: it says what enforcing it would mean. */
function notEnforced(
  change: Extract<PolicyChange, { setting: "restriction" }>,
  { before, after }: Sides,
  medium: Medium,
): readonly Particular[] {
  const id = change.profile?.id;
  const [old, now] = [listKind(before, id), listKind(after, id)];
  if (old === now || (change.before.mode !== "any" && change.after.mode !== "any")) return [];
  return [ofValues({ path: "keyRestrictions.enforcementType", before: old, after: now }, medium)];
}

/** Everything a profile is that comes or goes as a whole. @param isInRow whether its row says the rules with a name */
function ofProfile(id: string, policy: Policy, medium: Medium, isInRow: boolean): readonly Particular[] {
  const profile = policy.shape === "profiles" ? policy.profiles.find((each) => each.id === id) : undefined;
  if (profile === undefined) return [];
  const name = medium.strong(`Profile ${medium.quote(profile.name)}`);
  const named = namedWords(profile).map((words) => ({ lines: [`${name}: ${words}`], inBrief: isInRow }));
  const {
    id: _,
    name: _name,
    passkeyTypes,
    attestationEnforcement,
    keyRestrictions,
    ...rest
  } = rawRules(policy, id);
  return [
    ...named,
    ...Object.entries(rest).map(([member, value]) => ({
      lines: piecewise(`${name}, ${medium.quote(member)}`, value, medium),
      inBrief: false,
    })),
  ];
}

function namedWords(rules: PasskeyRules | undefined): readonly string[] {
  if (rules === undefined) return [];
  const { attestationEnforced, otherAttestation, types, otherTypes, restriction } = rules;
  return [
    `attestation ${attestationWords(attestationEnforced, otherAttestation)}`,
    `kinds of passkey: ${typesWords(types, otherTypes)}`,
    `authenticators: ${restrictionWords(restriction)}`,
  ];
}

/** A list that is enforced neither before nor after: its models come and go one by one. */
function isList({ path }: Extract<PolicyChange, { setting: "other" }>): boolean {
  return /(^|\.)keyRestrictions\.aaGuids$/.test(path);
}

interface Values {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/** A setting without a name in here: where it stands, and both values to the last character. */
function ofValues({ path, before, after }: Values, medium: Medium): Particular {
  const name = medium.strong(medium.quote(path));
  return {
    lines: [...piecewise(`${name}, before`, before, medium), ...piecewise(`${name}, after`, after, medium)],
    inBrief: isShort(before) && isShort(after),
  };
}

/** Whether a row of a diff says all of it. */
function isShort(value: Json): boolean {
  const whole = JSON.stringify(value);
  return whole.length <= OTHER_CHARACTERS && exactJson(value, PIECE)[0] === whole;
}

function piecewise(name: string, value: Json, { quote }: Medium): readonly string[] {
  if (value === null) return [`${name}: none`];
  const pieces = exactJson(value, PIECE);
  if (pieces.length === 1) return [`${name}: ${quote(pieces[0] ?? "")}`];
  return pieces.map((piece, at) => `${name} (${at + 1} of ${pieces.length}): ${quote(piece)}`);
}
