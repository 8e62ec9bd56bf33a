import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../json.js";
import type { PolicyChange } from "./change.js";
import { comparablePolicy } from "./comparable-policy.js";
import type { Policy } from "./policy.js";

/**
 * Differences in members that have no line of their own in a diff: properties of a later Graph version, a list
 * that is written but not enforced, `isRegistrationRequired` of a target. Nothing may differ unseen.
 */
export function unnamedChanges(before: Policy, after: Policy): readonly PolicyChange[] {
  return differences("", unnamedPart(before, after), unnamedPart(after, before));
}

const NAMED: ReadonlySet<string> = new Set([
  "state",
  "isSelfServiceRegistrationAllowed",
  "isAttestationEnforced",
]);

/** What is left of a policy without what `diffPolicies` names. `other` decides what stands on both sides. */
function unnamedPart(policy: Policy, other: Policy): JsonObject {
  const left: Record<string, Json> = {};
  for (const [key, value] of Object.entries(comparablePolicy(policy.raw))) {
    if (NAMED.has(key)) continue;
    if (key === "keyRestrictions")
      left[key] = restOfRestriction(value, comparablePolicy(other.raw)[key] ?? null);
    else if (key === "includeTargets") left[key] = byId(value, idsOf(other, key), ["allowedPasskeyProfiles"]);
    else if (key === "excludeTargets") left[key] = byId(value, idsOf(other, key), []);
    else if (key === "passkeyProfiles")
      left[key] = restOfProfiles(value, comparablePolicy(other.raw)[key] ?? null);
    else left[key] = value;
  }
  return left;
}

function restOfProfiles(profiles: Json, others: Json): Json {
  if (!Array.isArray(profiles) || !Array.isArray(others)) return {};
  const left: Record<string, Json> = {};
  for (const profile of profiles) {
    const other = others.find((candidate) => candidate.id === profile.id);
    if (!other) continue;
    const { id, passkeyTypes, attestationEnforcement, keyRestrictions, ...rest } = profile;
    left[String(id)] = {
      ...rest,
      keyRestrictions: restOfRestriction(keyRestrictions, other.keyRestrictions),
    };
  }
  return left;
}

/** A list that is enforced on either side is named in the diff; one that is enforced on neither is not. */
function restOfRestriction(value: Json, other: Json): Json {
  if (!isJsonObject(value)) return null;
  const { isEnforced, enforcementType, aaGuids, ...rest } = value;
  const named = isEnforced === true || (isJsonObject(other) && other.isEnforced === true);
  return named ? rest : { ...rest, enforcementType: enforcementType ?? null, aaGuids: aaGuids ?? [] };
}

function byId(targets: Json, inBoth: ReadonlySet<string>, named: readonly string[]): Json {
  if (!Array.isArray(targets)) return {};
  const left: Record<string, Json> = {};
  for (const target of targets.filter((entry) => inBoth.has(String(entry.id)))) {
    const members = Object.entries(target as JsonObject).filter(([key]) => !named.includes(key));
    left[String(target.id)] = Object.fromEntries(members);
  }
  return left;
}

function idsOf(policy: Policy, key: string): ReadonlySet<string> {
  const targets = comparablePolicy(policy.raw)[key];
  return new Set(Array.isArray(targets) ? targets.map((target) => String(target.id)) : []);
}

function differences(path: string, before: Json, after: Json): readonly PolicyChange[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (!isJsonObject(before) || !isJsonObject(after)) return [{ setting: "other", path, before, after }];
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) =>
    differences(path === "" ? key : `${path}.${key}`, before[key] ?? null, after[key] ?? null),
  );
}
