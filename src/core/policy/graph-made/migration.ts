import { isJsonObject, type Json, type JsonObject } from "../../json.js";
import { hasProfiles } from "../comparable-policy.js";
import { DEFAULT_PROFILE, parsePolicy } from "../parse-policy.js";
import type { LegacyPolicy, PasskeyProfile, Policy } from "../policy.js";

/**
 * What Microsoft's move to passkey profiles makes of a policy, where one lies between these two: its rules become the
 * default profile's, and every target may use that. What else differs was changed besides. undefined: there was no
 * such move. Microsoft makes it by itself, and it cannot be undone:
 * https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2
 */
export function afterMigration(before: Policy, after: Policy): Policy | undefined {
  if (before.shape !== "legacy" || after.shape !== "profiles" || hasProfiles(before.raw)) return undefined;
  const there = after.profiles.find(({ id }) => id === after.defaultProfile);
  return moved(before, { id: after.defaultProfile, name: there?.name ?? DEFAULT_NAME });
}

/** What Graph makes of a policy when its tenant opts in to passkey profiles, and nothing besides. */
export function withProfiles(before: LegacyPolicy): Policy {
  return moved(before, { id: DEFAULT_PROFILE, name: DEFAULT_NAME });
}

const DEFAULT_NAME = "Default passkey profile";

function moved(before: LegacyPolicy, standard: Pick<PasskeyProfile, "id" | "name">): Policy {
  return parsePolicy({ ...before.raw, ...profilesOf(before, standard) });
}

function profilesOf(
  { raw, attestationEnforced }: LegacyPolicy,
  { id, name }: Pick<PasskeyProfile, "id" | "name">,
): JsonObject {
  const profile = {
    id,
    name,
    passkeyTypes: attestationEnforced ? "deviceBound" : "deviceBound,synced",
    attestationEnforcement: attestationEnforced ? "registrationOnly" : "disabled",
    keyRestrictions: raw.keyRestrictions ?? null,
  };
  return {
    defaultPasskeyProfile: id,
    passkeyProfiles: [profile],
    includeTargets: targetsOf(raw.includeTargets, id),
  };
}

function targetsOf(targets: Json | undefined, profile: string): Json {
  if (!Array.isArray(targets)) return [];
  return targets.map((target: Json) =>
    isJsonObject(target) ? { ...target, allowedPasskeyProfiles: [profile] } : target,
  );
}
