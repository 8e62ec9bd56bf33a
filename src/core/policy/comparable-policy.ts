import { createHash } from "node:crypto";
import { canonicalJson, isJsonObject, type Json, type JsonObject, textOf } from "../json.js";

/** In a profiles tenant these only mirror the default profile, and stop being returned in October 2027. */
export const MIRRORED_PAIR: readonly string[] = ["isAttestationEnforced", "keyRestrictions"];

/** Whether the tenant has passkey profiles; else its one set of rules is at the top level. */
export function hasProfiles(raw: JsonObject): boolean {
  const profiles = raw.passkeyProfiles;
  return Array.isArray(profiles) && profiles.length > 0;
}

/**
 * The configuration in a form in which two policies that mean the same are equal: no OData annotations,
 * no mirrored pair, GUIDs in lower case, and what Graph treats as a set in order and without duplicates.
 * Properties we do not know are kept, so a change to one is still a change.
 */
export function comparablePolicy(raw: JsonObject): JsonObject {
  const mirrored = hasProfiles(raw) ? MIRRORED_PAIR : [];
  return mapMembers(raw, (key, value) => {
    if (mirrored.includes(key)) return undefined;
    if (key === "keyRestrictions") return comparableRestriction(value);
    if (key === "includeTargets" || key === "excludeTargets") return sortedById(value, comparableTarget);
    if (key === "passkeyProfiles") return sortedById(value, comparableProfile);
    if (key === "defaultPasskeyProfile") return lower(value);
    return value;
  });
}

/** SHA-256 (hex) of the comparable form: what a plan was made from. */
export function policyFingerprint(raw: JsonObject): string {
  return createHash("sha256")
    .update(canonicalJson(comparablePolicy(raw)))
    .digest("hex");
}

/** Bytes the configuration takes, counted as Graph's 20 KB limit counts: without the mirrored pair. */
export function policyBytes(raw: JsonObject): number {
  const mirrored = hasProfiles(raw) ? MIRRORED_PAIR : [];
  const counted = mapMembers(raw, (key, value) => (mirrored.includes(key) ? undefined : value));
  return new TextEncoder().encode(JSON.stringify(counted)).length;
}

function comparableProfile(profile: JsonObject): JsonObject {
  return mapMembers(profile, (key, value) => {
    if (key === "id") return lower(value);
    if (key === "keyRestrictions") return comparableRestriction(value);
    if (key === "passkeyTypes" && typeof value === "string") return sortedTexts(value.split(","));
    return value;
  });
}

function comparableTarget(target: JsonObject): JsonObject {
  return mapMembers(target, (key, value) => {
    if (key === "id") return lower(value);
    if (key === "allowedPasskeyProfiles" && Array.isArray(value)) return sortedTexts(value);
    return value;
  });
}

/** Key restrictions in a form in which two that mean the same are equal. */
export function comparableRestriction(value: Json): Json {
  if (!isJsonObject(value)) return value;
  return mapMembers(value, (key, member) =>
    key === "aaGuids" && Array.isArray(member) ? sortedTexts(member) : member,
  );
}

function mapMembers(source: JsonObject, map: (key: string, value: Json) => Json | undefined): JsonObject {
  // Not by assignment: a member may be called `__proto__`, and would be lost.
  return Object.fromEntries(
    Object.entries(source).flatMap(([key, value]) => {
      const mapped = key.includes("@odata.") ? undefined : map(key, value);
      return mapped === undefined ? [] : [[key, mapped] as const];
    }),
  );
}

function sortedById(value: Json, map: (entry: JsonObject) => JsonObject): Json {
  if (!Array.isArray(value)) return value ?? [];
  return value
    .filter((entry) => isJsonObject(entry))
    .map(map)
    .sort((a, b) => (textOf(a.id) < textOf(b.id) ? -1 : 1));
}

function sortedTexts(list: readonly Json[]): readonly string[] {
  return [...new Set(list.map((entry) => textOf(entry).trim().toLowerCase()))].sort();
}

/** A GUID in the one spelling we compare in; anything else as it is. */
export function lower(value: Json): Json {
  return typeof value === "string" ? value.toLowerCase() : value;
}
