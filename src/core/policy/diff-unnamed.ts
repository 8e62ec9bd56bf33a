import { canonicalJson, isJsonObject, type Json, type JsonObject, memberOf } from "../json.js";
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
  const others = comparablePolicy(other.raw);
  const rest = (key: string, value: Json): Json => {
    switch (key) {
      case "keyRestrictions":
        return restOfRestriction(value, others[key] ?? null);
      case "includeTargets":
        return byId(value, idsOf(other, key), ["allowedPasskeyProfiles"]);
      case "excludeTargets":
        return byId(value, idsOf(other, key), []);
      case "passkeyProfiles":
        return restOfProfiles(value, others[key] ?? null);
      default:
        return value;
    }
  };
  const left = Object.entries(comparablePolicy(policy.raw)).filter(([key]) => !NAMED.has(key));
  return Object.fromEntries(left.map(([key, value]) => [key, rest(key, value)]));
}

function restOfProfiles(profiles: Json, others: Json): Json {
  if (!Array.isArray(profiles) || !Array.isArray(others)) return {};
  // By ids that come from outside: a map keeps each, under any name.
  const left = new Map<string, Json>();
  for (const profile of profiles) {
    const other = others.find((candidate) => candidate.id === profile.id);
    if (!other) continue;
    const { id, name, passkeyTypes, attestationEnforcement, keyRestrictions, ...rest } = profile;
    left.set(String(id), {
      ...rest,
      // Named as far as this version knows the words. Without a name the id is shown for it.
      ...(nameOf(name) === undefined || nameOf(other.name) === undefined ? { name: name ?? null } : {}),
      ...(areKnown([passkeyTypes, other.passkeyTypes], PASSKEY_TYPES) ? {} : { passkeyTypes }),
      ...(areKnown([attestationEnforcement, other.attestationEnforcement], ATTESTATIONS)
        ? {}
        : { attestationEnforcement }),
      keyRestrictions: restOfRestriction(keyRestrictions, other.keyRestrictions),
    });
  }
  return Object.fromEntries(left);
}

function nameOf(name: Json | undefined): string | undefined {
  return typeof name === "string" && name !== "" ? name : undefined;
}

/** Words of kinds in the comparable form. */
const PASSKEY_TYPES: ReadonlySet<Json> = new Set(["devicebound", "synced", ""]);
const ATTESTATIONS: ReadonlySet<Json> = new Set(["disabled", "registrationOnly"]);

function areKnown(values: readonly (Json | undefined)[], words: ReadonlySet<Json>): boolean {
  return values.flat().every((value) => value === undefined || value === null || words.has(value));
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
  const left = targets
    .filter((entry) => inBoth.has(String(entry.id)))
    .map((target): [string, Json] => {
      const members = Object.entries(target as JsonObject).filter(([key]) => !named.includes(key));
      return [String(target.id), Object.fromEntries(members)];
    });
  return Object.fromEntries(left);
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
    differences(
      path === "" ? key : `${path}.${key}`,
      memberOf(before, key) ?? null,
      memberOf(after, key) ?? null,
    ),
  );
}
