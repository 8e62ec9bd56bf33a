import { type Refusal, refuse } from "../errors.js";
import type { Json, JsonObject } from "../json.js";
import { desiredRestriction } from "./desired-restriction.js";
import { desiredTargets } from "./desired-targets.js";
import type { EnableIntent, Intent } from "./intent.js";
import { parsePolicy } from "./parse-policy.js";
import type { Aaguid, PasskeyProfile, Policy, ProfilesPolicy } from "./policy.js";

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
  }
}

function enableLegacy(policy: Policy, intent: EnableIntent, inUse: readonly Aaguid[]): Policy | Refusal {
  if (intent.profile !== undefined) return refuse({ code: "profiles-not-in-use", name: intent.profile });
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
  if (!profile) {
    const known = policy.profiles.map((candidate) => candidate.name);
    return refuse({ code: "unknown-profile", name: intent.profile ?? policy.defaultProfile, known });
  }
  const attestation = desiredAttestation(policy, intent);
  const profiles = (policy.raw.passkeyProfiles as readonly JsonObject[]).map((raw): JsonObject => {
    if (String(raw.id).toLowerCase() !== profile.id) return raw;
    return {
      ...raw,
      ...(attestation === undefined || attestation === profile.attestationEnforced
        ? {}
        : { attestationEnforcement: attestation ? "registrationOnly" : "disabled" }),
      keyRestrictions: desiredRestriction(raw.keyRestrictions ?? null, intent, inUse),
    };
  });
  return parsePolicy({ ...enabled(policy, intent, profile.id), passkeyProfiles: profiles });
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

function findProfile(policy: ProfilesPolicy, wanted: string | undefined): PasskeyProfile | undefined {
  if (wanted === undefined) return policy.profiles.find((profile) => profile.id === policy.defaultProfile);
  const text = wanted.trim().toLowerCase();
  return policy.profiles.find((profile) => profile.id === text || profile.name.toLowerCase() === text);
}
