import { type Refusal, refuse, unreachable } from "../../errors.js";
import type { Json, JsonObject } from "../../json.js";
import type { EnableIntent, Intent, ListIntent } from "../intent.js";
import { parsePolicy } from "../parse-policy.js";
import type { Aaguid, PasskeyProfile, Policy, ProfilesPolicy } from "../policy.js";
import { revertPolicy } from "../revert/revert.js";
import { desiredList } from "./desired-list.js";
import { desiredRestriction } from "./desired-restriction.js";
import { desiredTargets } from "./desired-targets.js";

/**
 * The policy after an intent. Only what the intent is about is edited; every other byte stays as Graph sent it.
 * @param inUse models of the passkeys people have registered
 */
export function desiredPolicy(policy: Policy, intent: Intent, inUse: readonly Aaguid[]): Policy | Refusal {
  switch (intent.kind) {
    case "disable":
      return parsePolicy({ ...policy.raw, state: "disabled" });
    case "enable":
      return policy.shape === "legacy"
        ? enableLegacy(policy, intent, inUse)
        : enableProfile(policy, intent, inUse);
    case "allow":
    case "remove":
    case "allow-in-use":
      return policy.shape === "legacy"
        ? editLegacyList(policy, intent, inUse)
        : editProfileList(policy, intent, inUse);
    case "revert":
      return revertPolicy(policy, intent);
    default:
      return unreachable(intent);
  }
}

function editLegacyList(policy: Policy, intent: ListIntent, inUse: readonly Aaguid[]): Policy | Refusal {
  if (intent.profile !== undefined) return noProfiles(intent.profile);
  const edited = desiredList(policy.raw.keyRestrictions ?? null, { intent, inUse });
  return "kind" in edited ? edited : parsePolicy({ ...policy.raw, ...edited });
}

function editProfileList(
  policy: ProfilesPolicy,
  intent: ListIntent,
  inUse: readonly Aaguid[],
): Policy | Refusal {
  const profile = findProfile(policy, intent.profile);
  if ("kind" in profile) return profile;
  const edited = desiredList(profile.raw.keyRestrictions ?? null, { intent, inUse, profile: profile.name });
  return "kind" in edited ? edited : parsePolicy({ ...policy.raw, ...replaced(policy, profile, edited) });
}

function enableLegacy(policy: Policy, intent: EnableIntent, inUse: readonly Aaguid[]): Policy | Refusal {
  if (intent.profile !== undefined) return noProfiles(intent.profile);
  return parsePolicy({
    ...enabled(policy, intent, undefined),
    isAttestationEnforced: desiredAttestation(policy, intent) ?? policy.raw.isAttestationEnforced ?? false,
    keyRestrictions: desiredRestriction(policy.raw.keyRestrictions ?? null, intent, inUse),
  });
}

function enableProfile(
  policy: ProfilesPolicy,
  intent: EnableIntent,
  inUse: readonly Aaguid[],
): Policy | Refusal {
  const profile = findProfile(policy, intent.profile);
  if ("kind" in profile) return profile;
  const attestation = desiredAttestation(policy, intent);
  const edited = {
    ...(attestation === undefined || attestation === profile.attestationEnforced
      ? {}
      : { attestationEnforcement: attestation ? "registrationOnly" : "disabled" }),
    keyRestrictions: desiredRestriction(profile.raw.keyRestrictions ?? null, intent, inUse),
  };
  return parsePolicy({ ...enabled(policy, intent, profile.id), ...replaced(policy, profile, edited) });
}

function enabled(policy: Policy, intent: EnableIntent, profile: string | undefined): Record<string, Json> {
  return {
    ...policy.raw,
    state: "enabled",
    isSelfServiceRegistrationAllowed: true,
    includeTargets: desiredTargets(policy, intent.targets, profile),
  };
}

/** As asked; on a first enable not enforced; otherwise undefined: as it is. */
function desiredAttestation(policy: Policy, intent: EnableIntent): boolean | undefined {
  if (intent.attestation !== undefined) return intent.attestation === "enforced";
  return policy.state === "disabled" ? false : undefined;
}

/** A profile with what Graph sent of it. */
type ChosenProfile = PasskeyProfile & { readonly raw: JsonObject };

/** By name or id; the default profile when none is named. */
function findProfile(policy: ProfilesPolicy, wanted: string | undefined): ChosenProfile | Refusal {
  const text = (wanted ?? policy.defaultProfile).trim().toLowerCase();
  const profile = policy.profiles.find(
    ({ id, name }) => id === text || (wanted !== undefined && name.toLowerCase() === text),
  );
  const raw = rawProfiles(policy).find((each) => idOf(each) === profile?.id);
  if (profile && raw) return { ...profile, raw };
  const known = policy.profiles.map(({ name }) => name);
  return refuse({ code: "unknown-profile", name: wanted ?? policy.defaultProfile, known });
}

function replaced(policy: ProfilesPolicy, profile: ChosenProfile, edited: JsonObject): JsonObject {
  return {
    passkeyProfiles: rawProfiles(policy).map((raw) =>
      idOf(raw) === profile.id ? { ...raw, ...edited } : raw,
    ),
  };
}

function rawProfiles(policy: ProfilesPolicy): readonly JsonObject[] {
  return policy.raw.passkeyProfiles as readonly JsonObject[];
}

function idOf(profile: JsonObject): string {
  return String(profile.id).toLowerCase();
}

function noProfiles(name: string): Refusal {
  return refuse({ code: "profiles-not-in-use", name });
}
