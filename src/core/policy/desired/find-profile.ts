import { type Refusal, refuse } from "../../errors.js";
import type { JsonObject } from "../../json.js";
import type { PasskeyProfile, ProfilesPolicy } from "../policy.js";

/** A profile with what Graph sent of it. */
export type ChosenProfile = PasskeyProfile & { readonly raw: JsonObject };

/** By name or id; the default profile when none is named. Refuses a name that no profile has. */
export function findProfile(policy: ProfilesPolicy, wanted: string | undefined): ChosenProfile | Refusal {
  const text = (wanted ?? policy.defaultProfile).trim().toLowerCase();
  const profile = policy.profiles.find(
    ({ id, name }) => id === text || (wanted !== undefined && name.toLowerCase() === text),
  );
  const raw = rawProfiles(policy).find((each) => idOf(each) === profile?.id);
  if (profile && raw) return { ...profile, raw };
  const known = policy.profiles.map(({ name }) => name);
  return refuse({ code: "unknown-profile", name: wanted ?? policy.defaultProfile, known });
}

/** The profiles as Graph sent them. */
export function rawProfiles(policy: ProfilesPolicy): readonly JsonObject[] {
  return policy.raw.passkeyProfiles as readonly JsonObject[];
}

/** Id (lower case) of a profile. */
export function idOf(profile: JsonObject): string {
  return String(profile.id).toLowerCase();
}
