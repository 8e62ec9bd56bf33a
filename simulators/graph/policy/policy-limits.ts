import type { SimPolicy } from "../../tenant/simulated-tenant.js";
import { badRequest } from "../graph-error.js";
import type { Readings } from "../readings.js";

/** Documented: three, the default profile included. */
const MAX_PROFILES = 3;

/** Refuses a policy whose parts do not fit together or that grew too large. @throws GraphRefusal */
export function refuseBeyondLimits(policy: SimPolicy, readings: Readings): void {
  if (policy.passkeyProfiles.length > MAX_PROFILES) {
    throw badRequest(`At most ${MAX_PROFILES} passkey profiles are supported.`);
  }
  refuseStrayTargets(policy);
  const bytes = policyBytes(policy);
  if (bytes > readings.sizeLimitBytes) {
    throw badRequest(`The policy exceeds the size limit: ${bytes} of ${readings.sizeLimitBytes} bytes.`);
  }
}

/** Each profile a target names has to exist, and with profiles each target has to name one. */
function refuseStrayTargets(policy: SimPolicy): void {
  const known = policy.passkeyProfiles.map((profile) => profile.id);
  for (const { id, allowedPasskeyProfiles } of policy.includeTargets) {
    const stray = allowedPasskeyProfiles.find((profile) => !known.includes(profile));
    if (stray !== undefined)
      throw badRequest(`Target '${id}' references the unknown passkey profile '${stray}'.`);
    if (policy.defaultPasskeyProfile !== null && allowedPasskeyProfiles.length === 0) {
      throw badRequest(`Target '${id}' has no passkey profile.`);
    }
  }
}

/** What counts against the limit: the configuration as JSON, without the pair that only mirrors the default profile. */
function policyBytes(policy: SimPolicy): number {
  const { isAttestationEnforced, keyRestrictions, ...rest } = policy;
  const counted = policy.defaultPasskeyProfile === null ? policy : rest;
  return Buffer.byteLength(JSON.stringify(counted));
}
