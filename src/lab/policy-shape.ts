import { isJsonObject, type Json, type JsonObject } from "../core/json.js";
import { hasProfiles, policyBytes } from "../core/policy/comparable-policy.js";
import { defaultProfileOf } from "../core/policy/parse-policy.js";
import { labBody } from "./lab-body.js";

/** The name of the profile that the lab makes. No target refers to it, so it is for no person. */
export const LAB_PROFILE = "Latchkey lab";
/** Documented: three, the default profile included. */
export const MAX_PROFILES = 3;
/** Below Graph's 20 KB by so much that a few more AAGUIDs have room. */
const ROOM_BELOW_BYTES = 19_000;

/** AAGUIDs of no authenticator, by number: on a list they let nothing in and keep nothing out. */
export function madeUpAaguid(number: number): string {
  return `1a7c4be7-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;
}

export function profilesOf(policy: JsonObject): readonly JsonObject[] {
  const profiles = policy.passkeyProfiles;
  return Array.isArray(profiles) ? profiles.filter((each: Json) => isJsonObject(each)) : [];
}

export const isDefault = (policy: JsonObject, profile: JsonObject): boolean =>
  String(profile.id).toLowerCase() === defaultProfileOf(policy);

export function defaultProfile(policy: JsonObject): JsonObject | undefined {
  return profilesOf(policy).find((profile) => isDefault(policy, profile));
}

/** The profile that the lab made in this run, where it stands. */
export function labProfile(policy: JsonObject, saved: JsonObject): JsonObject | undefined {
  const known = profilesOf(saved).map(({ id }) => id);
  return profilesOf(policy).find(({ id, name }) => name === LAB_PROFILE && !known.includes(id ?? null));
}

export const newLabProfile = (): JsonObject => ({
  name: LAB_PROFILE,
  passkeyTypes: "deviceBound",
  attestationEnforcement: "disabled",
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [madeUpAaguid(0)] },
});

/** The rules whose list the lab adds to: those of the default profile, or the one set there is. */
function restrictionsOf(policy: JsonObject): JsonObject {
  const rules = hasProfiles(policy) ? defaultProfile(policy) : policy;
  const found = rules?.keyRestrictions;
  return {
    isEnforced: false,
    enforcementType: "block",
    aaGuids: [],
    ...(isJsonObject(found) ? found : {}),
  };
}

/** The list of models in those rules, as it is spelled. */
export function listIn(policy: JsonObject): readonly string[] {
  const list = restrictionsOf(policy).aaGuids;
  return Array.isArray(list) ? list.map(String) : [];
}

/** The policy with another list in those rules; whether it is enforced, and which sort it is, stays. */
export function withList(policy: JsonObject, aaGuids: readonly string[]): JsonObject {
  const keyRestrictions = { ...restrictionsOf(policy), aaGuids };
  if (!hasProfiles(policy)) return { ...policy, keyRestrictions };
  return withProfiles(
    policy,
    profilesOf(policy).map((profile) =>
      isDefault(policy, profile) ? { ...profile, keyRestrictions } : profile,
    ),
  );
}

const withProfiles = (policy: JsonObject, passkeyProfiles: readonly JsonObject[]): JsonObject => ({
  ...policy,
  passkeyProfiles,
});

/** The body that adds these to the list. */
export const addToList = (now: JsonObject, ...added: readonly string[]): JsonObject =>
  labBody(now, withList(now, [...listIn(now), ...added]));

/** The body that makes these the profiles. */
export const sendProfiles = (now: JsonObject, profiles: readonly JsonObject[]): JsonObject =>
  labBody(now, withProfiles(now, profiles));

/** Why no AAGUID is to be added here; undefined: there is room. */
export function noRoom(saved: JsonObject): string | undefined {
  return policyBytes(saved) > ROOM_BELOW_BYTES
    ? "the policy is so near to Graph's limit of 20 KB that a refusal could be for that"
    : undefined;
}
