import { isJsonObject, type Json, type JsonObject } from "../json.js";
import { hasProfiles } from "./comparable-policy.js";
import { parsePolicy } from "./parse-policy.js";
import type { LegacyPolicy, Policy, ProfilesPolicy } from "./policy.js";

/**
 * What Microsoft's move to passkey profiles makes of a policy, where one lies between these two: its rules become the
 * default profile's, and every target may use that. What else differs was changed besides. undefined: there was no
 * such move. Microsoft makes it by itself, and it cannot be undone:
 * https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-passkeys-fido2
 */
export function afterMigration(before: Policy, after: Policy): Policy | undefined {
  if (before.shape !== "legacy" || after.shape !== "profiles" || hasProfiles(before.raw)) return undefined;
  return parsePolicy({ ...before.raw, ...profilesOf(before, after) });
}

function profilesOf({ raw, attestationEnforced }: LegacyPolicy, after: ProfilesPolicy): JsonObject {
  const there = after.profiles.find(({ id }) => id === after.defaultProfile);
  const profile = {
    id: after.defaultProfile,
    name: there?.name ?? "Default passkey profile",
    passkeyTypes: attestationEnforced ? "deviceBound" : "deviceBound,synced",
    attestationEnforcement: attestationEnforced ? "registrationOnly" : "disabled",
    keyRestrictions: raw.keyRestrictions ?? null,
  };
  return {
    defaultPasskeyProfile: after.defaultProfile,
    passkeyProfiles: [profile],
    includeTargets: targetsOf(raw.includeTargets, after.defaultProfile),
  };
}

function targetsOf(targets: Json | undefined, profile: string): Json {
  if (!Array.isArray(targets)) return [];
  return targets.map((target: Json) =>
    isJsonObject(target) ? { ...target, allowedPasskeyProfiles: [profile] } : target,
  );
}
