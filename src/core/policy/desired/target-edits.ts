import { isJsonObject, type JsonObject } from "../../json.js";
import type { Policy } from "../policy.js";

/** The include targets as Graph sent them: every edit is one of these, so what we do not know is kept. */
export function includeTargetsOf({ raw }: Policy): readonly JsonObject[] {
  return objects(raw.includeTargets);
}

/** The exceptions as Graph sent them. */
export function excludeTargetsOf({ raw }: Policy): readonly JsonObject[] {
  return objects(raw.excludeTargets);
}

function objects(list: JsonObject[string] | undefined): readonly JsonObject[] {
  return Array.isArray(list) ? list.filter((entry): entry is JsonObject => isJsonObject(entry)) : [];
}

/** Id (lower case) of a target. */
export function targetId(target: JsonObject): string {
  return String(target.id).toLowerCase();
}

/** Ids (lower case) of the profiles of a target. */
export function profilesOf(target: JsonObject): readonly string[] {
  return entriesOf(target).map((id) => id.toLowerCase());
}

/**
 * The targets with each of these people among them, in addition to those that are there.
 * @param profile the profile they are given; undefined in the legacy shape
 */
export function withTargets(
  today: readonly JsonObject[],
  ids: readonly string[],
  profile: string | undefined,
): readonly JsonObject[] {
  const present = today.map(targetId);
  const given = today.map((target) =>
    ids.includes(targetId(target)) ? withProfile(target, profile) : target,
  );
  const added = ids.filter((id) => !present.includes(id)).map((id) => newTarget(id, profile));
  return [...given, ...added];
}

/** The target with this profile in addition; as it came where it has it. */
export function withProfile(target: JsonObject, profile: string | undefined): JsonObject {
  if (profile === undefined || profilesOf(target).includes(profile)) return target;
  return { ...target, allowedPasskeyProfiles: [...entriesOf(target), profile] };
}

/** The target without this profile; nothing when it was its last. */
export function withoutProfile(target: JsonObject, profile: string): readonly JsonObject[] {
  if (!profilesOf(target).includes(profile)) return [target];
  const others = entriesOf(target).filter((id) => id.toLowerCase() !== profile);
  return others.length === 0 ? [] : [{ ...target, allowedPasskeyProfiles: others }];
}

function newTarget(id: string, profile: string | undefined): JsonObject {
  const target = { targetType: "group", id, isRegistrationRequired: false };
  return profile === undefined ? target : { ...target, allowedPasskeyProfiles: [profile] };
}

/** In the spelling they came in. */
function entriesOf({ allowedPasskeyProfiles: ids }: JsonObject): readonly string[] {
  return Array.isArray(ids) ? ids.map(String) : [];
}
