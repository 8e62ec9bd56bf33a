import { type Refusal, refuse } from "../../errors.js";
import type { JsonObject } from "../../json.js";
import type { Intent } from "../intent.js";
import type { PasskeyProfile, Policy, ProfilesPolicy } from "../policy.js";

/** A profile with what Graph sent of it. */
export type ChosenProfile = PasskeyProfile & { readonly raw: JsonObject };

/** What the default profile is called, unless another one has that name. */
const DEFAULT = /^(?:the )?default(?: one)?$/;
/** What a person may leave out at the end of a name, as the words before say that a profile is meant. */
const LEFT_OUT = ["", " profile", " passkey profile"];

/**
 * By name or id; the default profile when none is named, or "default" is. Refuses a name that no profile has, with or
 * without the word for what it is.
 */
export function findProfile(policy: ProfilesPolicy, wanted: string | undefined): ChosenProfile | Refusal {
  const profile = wanted === undefined ? withId(policy, policy.defaultProfile) : called(policy, wanted);
  const raw = rawProfiles(policy).find((each) => idOf(each) === profile?.id);
  if (profile && raw) return { ...profile, raw };
  const known = policy.profiles.map(({ name }) => name);
  return refuse({ code: "unknown-profile", name: wanted ?? policy.defaultProfile, known });
}

/** The intent with the name that its profile has in Entra, as cards say it; as it is where there is no such profile. */
export function withProfileName<Wanted extends Intent>(policy: Policy, intent: Wanted): Wanted {
  const typed = "profile" in intent ? intent.profile : undefined;
  if (policy.shape === "legacy" || typed === undefined) return intent;
  const profile = findProfile(policy, typed);
  // Of two that share a name the id says which.
  const isSaid = !("kind" in profile) && called(policy, profile.name)?.id === profile.id;
  return isSaid ? { ...intent, profile: profile.name } : intent;
}

function called(policy: ProfilesPolicy, wanted: string): PasskeyProfile | undefined {
  const text = wanted.trim().toLowerCase();
  const named = LEFT_OUT.flatMap((end) =>
    policy.profiles.filter(({ name }) => name.toLowerCase() === text + end),
  );
  const isDefault = DEFAULT.test(text);
  return withId(policy, text) ?? named[0] ?? (isDefault ? withId(policy, policy.defaultProfile) : undefined);
}

function withId({ profiles }: ProfilesPolicy, wanted: string): PasskeyProfile | undefined {
  return profiles.find(({ id }) => id === wanted);
}

/** The profiles as Graph sent them. */
export function rawProfiles(policy: ProfilesPolicy): readonly JsonObject[] {
  return policy.raw.passkeyProfiles as readonly JsonObject[];
}

/** Id (lower case) of a profile. */
export function idOf(profile: JsonObject): string {
  return String(profile.id).toLowerCase();
}
