import { isJsonObject, type Json, type JsonObject } from "../../json.js";
import { comparableRestriction, hasProfiles, lower, MIRRORED_PAIR } from "../comparable-policy.js";
import { areObjects, commaTexts, eachMember, type Three, texts, unnamed, whole } from "./three-way.js";

/** What becomes of a value: today's as it is where there is nothing to take back. undefined: it goes. */
type TakeBack = (value: Three) => Json | undefined;
type Rules = ReadonlyMap<string, TakeBack>;

/**
 * Today's configuration with what lies between the two others taken back: where `from` and `to` mean the same, every
 * byte of today's stays. All three have the same shape. The result may contradict itself: `revertPolicy` looks.
 */
export function takeBack(policies: Three<JsonObject>): JsonObject {
  // The mirrored pair follows the default profile by itself.
  return members(policies, POLICY, hasProfiles(policies.today) ? MIRRORED_PAIR : []);
}

const RESTRICTION: Rules = new Map([["aaGuids", texts]]);
const TARGET: Rules = new Map([["allowedPasskeyProfiles", texts]]);
const PROFILE: Rules = new Map([
  ["keyRestrictions", restriction],
  ["passkeyTypes", commaTexts],
]);
const POLICY: Rules = new Map<string, TakeBack>([
  ["keyRestrictions", restriction],
  ["includeTargets", (lists) => entries(lists, target)],
  ["excludeTargets", (lists) => entries(lists, target)],
  ["passkeyProfiles", (lists) => entries(lists, profile)],
  ["defaultPasskeyProfile", (ids) => whole(ids, lower)],
]);

/** Members of an object we know; those of them that no rule names, too. */
function members(objects: Three<JsonObject>, rules: Rules, leftAlone: readonly string[] = []): JsonObject {
  return eachMember(objects, (key, value) => {
    if (key.includes("@odata.") || key === "id" || leftAlone.includes(key)) return value.today;
    return (rules.get(key) ?? unnamed)(value);
  });
}

/**
 * Key restrictions. Their list is taken back entry by entry only where it means the same in all three: an entry of
 * an allow list put on a block list would say the opposite.
 */
function restriction(value: Three): Json | undefined {
  if (!areObjects(value)) return whole(value, comparableRestriction);
  const { today, from, to } = value;
  if (from.enforcementType !== to.enforcementType) return whole(value, comparableRestriction);
  if (today.enforcementType === to.enforcementType) return members(value, RESTRICTION);
  // The list was turned round since. If only entries are to be taken back, they belonged to another list.
  const isSameMode = (from.isEnforced === true) === (to.isEnforced === true);
  return isSameMode ? today : whole(value, comparableRestriction);
}

/** A list of objects with ids, one by one, in today's order; what comes back stands behind it. */
function entries(value: Three, take: TakeBack): Json | undefined {
  const today = value.today ?? [];
  const from = value.from ?? [];
  const to = value.to ?? [];
  if (!isList(today) || !isList(from) || !isList(to)) return whole(value);
  const [now, was, wanted] = [byId(today), byId(from), byId(to)];
  const missing = to.filter((entry) => !now.has(idOf(entry)));
  const left = [
    ...today.map((entry) => take({ today: entry, from: was.get(idOf(entry)), to: wanted.get(idOf(entry)) })),
    ...missing.map((entry) => take({ today: undefined, from: was.get(idOf(entry)), to: entry })),
  ].filter((entry) => entry !== undefined);
  return left.length === 0 && today.length === 0 ? value.today : left;
}

function profile({ today, from, to }: Three): Json | undefined {
  // What was removed since stays away, unless taking it away is what is taken back.
  if (!isJsonObject(today)) return from === undefined ? to : undefined;
  if (!isJsonObject(to)) return from === undefined ? today : undefined;
  return members({ today, from: isJsonObject(from) ? from : {}, to }, PROFILE);
}

/** A target goes with its last passkey profile, and stays while it has one that it was given since. */
function target({ today, from, to }: Three): Json | undefined {
  if (!isJsonObject(today)) return from === undefined ? to : undefined;
  if (from === undefined && to === undefined) return today;
  const was = isJsonObject(from) ? from : {};
  if (isJsonObject(to)) {
    const left = members({ today, from: was, to }, TARGET);
    const lostItsLast = !hasProfile(left) && hasProfile(today) && hasProfile(to);
    return lostItsLast ? undefined : left;
  }
  const [now, before] = [today.allowedPasskeyProfiles, was.allowedPasskeyProfiles];
  const left = { ...today, allowedPasskeyProfiles: texts({ today: now, from: before, to: [] }) ?? [] };
  return hasProfile(left) ? left : undefined;
}

function hasProfile({ allowedPasskeyProfiles }: JsonObject): boolean {
  return Array.isArray(allowedPasskeyProfiles) && allowedPasskeyProfiles.length > 0;
}

function isList(value: Json): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every((entry) => isJsonObject(entry));
}

function byId(list: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  return new Map(list.map((entry) => [idOf(entry), entry]));
}

const idOf = (entry: JsonObject): string => String(entry.id).toLowerCase();
