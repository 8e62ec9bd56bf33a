import { isDeepStrictEqual } from "node:util";
import { DEFAULT_PROFILE, type SimKeyRestrictions, type SimPolicy } from "../../tenant/simulated-tenant.js";
import { badRequest } from "../graph-error.js";
import type { Readings } from "../readings.js";
import type { PolicyPatch, RestrictionPatch } from "./policy-body.js";
import { refuseBeyondLimits } from "./policy-limits.js";
import { mergeRestriction, replaceProfiles } from "./policy-profiles.js";

/** The policy after a PATCH: what is left out stays, collections are replaced as a whole. @throws GraphRefusal */
export function applyPatch(stored: SimPolicy, patch: PolicyPatch, readings: Readings): SimPolicy {
  const { state, isSelfServiceRegistrationAllowed: selfService, includeTargets, excludeTargets } = patch;
  const merged: SimPolicy = {
    ...structuredClone(stored),
    ...structuredClone(patch.later),
    ...(state === undefined ? {} : { state }),
    ...(selfService === undefined ? {} : { isSelfServiceRegistrationAllowed: selfService }),
    ...(includeTargets === undefined ? {} : { includeTargets: structuredClone([...includeTargets]) }),
    ...(excludeTargets === undefined ? {} : { excludeTargets: structuredClone([...excludeTargets]) }),
  };
  const next =
    stored.defaultPasskeyProfile === null
      ? patchLegacy(stored, merged, patch, readings)
      : patchWithProfiles(stored.defaultPasskeyProfile, merged, patch, readings);
  refuseBeyondLimits(next, readings);
  return next;
}

function patchLegacy(
  stored: SimPolicy,
  merged: SimPolicy,
  patch: PolicyPatch,
  readings: Readings,
): SimPolicy {
  const withPair: SimPolicy = {
    ...merged,
    isAttestationEnforced: patch.isAttestationEnforced ?? merged.isAttestationEnforced,
    keyRestrictions: pairRestriction(merged.keyRestrictions, patch.keyRestrictions, readings),
  };
  const optsIn = patch.passkeyProfiles !== undefined && patch.passkeyProfiles.length > 0;
  const firstEnable = stored.state === "disabled" && merged.state === "enabled";
  if (!optsIn && !(firstEnable && readings.firstEnableMigrates)) return withPair;
  const migrated = migrate(withPair);
  return optsIn ? replaceProfiles(migrated, DEFAULT_PROFILE, patch.passkeyProfiles, readings) : migrated;
}

/**
 * Old settings and targets move into the default profile (documented mapping: attestation enforced makes it
 * device-bound only, not enforced device-bound and synced; restrictions are carried over).
 */
function migrate(legacy: SimPolicy): SimPolicy {
  return {
    ...legacy,
    defaultPasskeyProfile: DEFAULT_PROFILE,
    passkeyProfiles: [
      {
        id: DEFAULT_PROFILE,
        name: "Default passkey profile",
        passkeyTypes: legacy.isAttestationEnforced ? "deviceBound" : "deviceBound,synced",
        attestationEnforcement: legacy.isAttestationEnforced ? "registrationOnly" : "disabled",
        keyRestrictions: structuredClone(legacy.keyRestrictions),
      },
    ],
    includeTargets: legacy.includeTargets.map((target) => ({
      ...target,
      allowedPasskeyProfiles:
        target.allowedPasskeyProfiles.length === 0 ? [DEFAULT_PROFILE] : target.allowedPasskeyProfiles,
    })),
  };
}

function patchWithProfiles(
  defaultId: string,
  merged: SimPolicy,
  patch: PolicyPatch,
  readings: Readings,
): SimPolicy {
  const withPairFirst = patchPair(defaultId, merged, patch, readings);
  if (patch.passkeyProfiles === undefined) return withPairFirst;
  const profileWins = replaceProfiles(withPairFirst, defaultId, patch.passkeyProfiles, readings);
  if (readings.contradiction === "profile-wins") return profileWins;
  const pairWins = patchPair(
    defaultId,
    replaceProfiles(merged, defaultId, patch.passkeyProfiles, readings),
    patch,
    readings,
  );
  if (readings.contradiction === "pair-wins") return pairWins;
  // Only the default profile: a new one gets another id each time that it is put in place.
  const standard = ({ passkeyProfiles }: SimPolicy) => passkeyProfiles.find(({ id }) => id === defaultId);
  if (isDeepStrictEqual(standard(profileWins), standard(pairWins))) return pairWins;
  throw badRequest("The deprecated properties contradict the default passkey profile.");
}

/** The deprecated top-level pair is the default profile by another name. */
function patchPair(defaultId: string, policy: SimPolicy, patch: PolicyPatch, readings: Readings): SimPolicy {
  const { isAttestationEnforced: attested, keyRestrictions } = patch;
  return {
    ...policy,
    passkeyProfiles: policy.passkeyProfiles.map((profile) =>
      profile.id !== defaultId
        ? profile
        : {
            ...profile,
            ...(attested === undefined
              ? {}
              : { attestationEnforcement: attested ? ("registrationOnly" as const) : ("disabled" as const) }),
            keyRestrictions: pairRestriction(profile.keyRestrictions, keyRestrictions, readings),
          },
    ),
  };
}

function pairRestriction(
  current: SimKeyRestrictions,
  patch: RestrictionPatch | undefined,
  readings: Readings,
): SimKeyRestrictions {
  return patch === undefined ? current : mergeRestriction(current, patch, readings);
}
