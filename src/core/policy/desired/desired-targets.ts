import type { Json, JsonObject } from "../../json.js";
import type { IntendedTargets } from "../intent.js";
import { ALL_USERS, type Policy } from "../policy.js";

/**
 * The include targets an "enable" wants: as asked; else as they are; if there are none, all users.
 * In a profiles tenant the question is who may use *this* profile; targets keep the other profiles they have.
 * @param profile id of the profile that is changed; undefined in the legacy shape
 */
export function desiredTargets(
  policy: Policy,
  asked: IntendedTargets | undefined,
  profile: string | undefined,
): Json {
  const today = (policy.raw.includeTargets ?? []) as readonly JsonObject[];
  if (asked === undefined && today.length > 0) return today;
  const ids = asked?.kind === "groups" ? asked.groups.map((group) => group.id as string) : [ALL_USERS];
  const kept = today.flatMap((target) => keepTarget(target, ids, profile));
  const present = kept.map(idOf);
  const added = ids.filter((id) => !present.includes(id)).map((id) => newTarget(id, profile));
  return [...kept, ...added];
}

function keepTarget(
  target: JsonObject,
  ids: readonly string[],
  profile: string | undefined,
): readonly JsonObject[] {
  const wanted = ids.includes(idOf(target));
  if (profile === undefined) return wanted ? [target] : [];
  const profiles = profilesOf(target);
  const has = profiles.some((id) => id.toLowerCase() === profile);
  if (wanted === has) return [target];
  if (wanted) return [{ ...target, allowedPasskeyProfiles: [...profiles, profile] }];
  const others = profiles.filter((id) => id.toLowerCase() !== profile);
  return others.length === 0 ? [] : [{ ...target, allowedPasskeyProfiles: others }];
}

function newTarget(id: string, profile: string | undefined): JsonObject {
  const target = { targetType: "group", id, isRegistrationRequired: false };
  return profile === undefined ? target : { ...target, allowedPasskeyProfiles: [profile] };
}

function profilesOf(target: JsonObject): readonly string[] {
  const profiles = target.allowedPasskeyProfiles;
  return Array.isArray(profiles) ? profiles.map(String) : [];
}

function idOf(target: JsonObject): string {
  return String(target.id).toLowerCase();
}
