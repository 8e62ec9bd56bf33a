import { randomUUID } from "node:crypto";
import type { SimKeyRestrictions, SimPolicy, SimProfile } from "../../tenant/simulated-tenant.js";
import { badRequest } from "../graph-error.js";
import type { Readings } from "../readings.js";
import type { ProfilePatch, RestrictionPatch } from "./policy-body.js";

const UNRESTRICTED: SimKeyRestrictions = { isEnforced: false, enforcementType: "allow", aaGuids: [] };

/** Puts the sent profiles in place of all stored ones; the default profile stays whatever happens. @throws GraphRefusal */
export function replaceProfiles(
  policy: SimPolicy,
  defaultId: string,
  sent: readonly ProfilePatch[] = [],
  readings: Readings,
): SimPolicy {
  const next = sent.map((profile) => mergeProfile(policy, defaultId, profile, readings));
  const ids = next.map((profile) => profile.id);
  if (new Set(ids).size < ids.length) throw badRequest("Two passkey profiles have the same id.");
  const left = policy.passkeyProfiles.filter((profile) => !ids.includes(profile.id));
  if (readings.omittedProfile === "kept") return { ...policy, passkeyProfiles: [...next, ...left] };
  if (left.some((profile) => profile.id === defaultId)) {
    throw badRequest("The default passkey profile cannot be deleted.");
  }
  refuseDeletionInUse(policy, left);
  return { ...policy, passkeyProfiles: next };
}

/** A profile can be deleted only when no target references it (documented). */
function refuseDeletionInUse(policy: SimPolicy, deleted: readonly SimProfile[]): void {
  const inUse = policy.includeTargets.flatMap((target) => target.allowedPasskeyProfiles);
  const still = deleted.find((profile) => inUse.includes(profile.id));
  if (still === undefined) return;
  throw badRequest(`The passkey profile '${still.name}' is in use by a target and cannot be deleted.`);
}

function mergeProfile(
  policy: SimPolicy,
  defaultId: string,
  sent: ProfilePatch,
  readings: Readings,
): SimProfile {
  const stored = policy.passkeyProfiles.find((profile) => profile.id === sent.id);
  refuseIncomplete(sent, stored, readings);
  const id = stored?.id ?? idOfNew(sent, readings);
  const base = stored !== undefined && readings.omittedParts !== "reset" ? stored : undefined;
  const name = sent.name ?? base?.name ?? "";
  if (stored?.id === defaultId && name !== stored.name && readings.defaultProfileRename === "refused") {
    throw badRequest("The default passkey profile cannot be renamed.");
  }
  return attested(readings, {
    ...sent.later,
    id,
    name,
    passkeyTypes: sent.passkeyTypes ?? base?.passkeyTypes ?? "deviceBound",
    attestationEnforcement: sent.attestationEnforcement ?? base?.attestationEnforcement ?? "disabled",
    keyRestrictions:
      sent.keyRestrictions === undefined
        ? structuredClone(base?.keyRestrictions ?? UNRESTRICTED)
        : mergeRestriction(stored?.keyRestrictions ?? UNRESTRICTED, sent.keyRestrictions, readings),
  });
}

/** Who gives a new profile its id is not documented. */
function idOfNew({ id }: ProfilePatch, readings: Readings): string {
  if (id === undefined) {
    if (readings.profileWithoutId === "refused") throw badRequest("A passkey profile requires an 'id'.");
    return randomUUID();
  }
  switch (readings.clientMadeProfileIds) {
    case "accepted":
      return id;
    case "replaced":
      return randomUUID();
    case "refused":
      throw badRequest(`There is no passkey profile with id '${id}'.`);
  }
}

/** The profile as it is stored: attestation may leave it the kind that can be attested. */
function attested({ attestedKinds }: Readings, profile: SimProfile): SimProfile {
  const isNormalised =
    attestedKinds === "device-bound-only" && profile.attestationEnforcement === "registrationOnly";
  return isNormalised ? { ...profile, passkeyTypes: "deviceBound" } : profile;
}

/** All parts of a new profile are required (documented); of a known one, by the strictest reading. */
function refuseIncomplete(sent: ProfilePatch, stored: SimProfile | undefined, readings: Readings): void {
  if (stored !== undefined && readings.omittedParts !== "refused") return;
  for (const part of ["name", "passkeyTypes", "attestationEnforcement", "keyRestrictions"] as const) {
    if (sent[part] === undefined) throw badRequest(`A passkey profile requires '${part}'.`);
  }
}

/** Key restrictions after a PATCH of them: the list is replaced as a whole (documented). @throws GraphRefusal */
export function mergeRestriction(
  current: SimKeyRestrictions,
  patch: RestrictionPatch,
  readings: Readings,
): SimKeyRestrictions {
  const { isEnforced, enforcementType, aaGuids } = patch;
  const isWhole = isEnforced !== undefined && enforcementType !== undefined && aaGuids !== undefined;
  if (!isWhole && readings.omittedParts === "refused") {
    throw badRequest("Key restrictions require 'isEnforced', 'enforcementType' and 'aaGuids'.");
  }
  const base = readings.omittedParts === "reset" ? UNRESTRICTED : current;
  return {
    isEnforced: isEnforced ?? base.isEnforced,
    enforcementType: enforcementType ?? base.enforcementType,
    aaGuids: storedAaguids(aaGuids ?? base.aaGuids, readings),
  };
}

function storedAaguids(aaguids: readonly string[], readings: Readings): string[] {
  const spelled = readings.aaguidCase === "lower" ? aaguids.map((one) => one.toLowerCase()) : [...aaguids];
  const unique = spelled.filter(
    (one, index) => spelled.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === index,
  );
  if (unique.length < spelled.length && readings.aaguidDuplicates === "refused") {
    throw badRequest("Duplicate AAGUIDs are not allowed.");
  }
  const kept = readings.aaguidDuplicates === "removed" ? unique : spelled;
  return readings.aaguidOrder === "sorted" ? kept.toSorted() : kept;
}
