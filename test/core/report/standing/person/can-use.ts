import type { JsonObject } from "../../../../../src/core/json.js";

// Whether a passkey can be used, as Microsoft's documentation of the fido2 configuration says it, read from the
// configuration itself. Nothing of the core's is in it: what the core says is judged by this.

interface List {
  isEnforced?: boolean | null;
  enforcementType?: string;
  aaGuids?: string[];
}
interface Target {
  id: string;
  allowedPasskeyProfiles?: string[];
}
interface Profile {
  id: string;
  passkeyTypes?: string;
  keyRestrictions?: List | null;
}
/** The members of a configuration that decide, free to be edited. */
export interface Configuration {
  state: string;
  includeTargets: Target[];
  excludeTargets: Target[];
  keyRestrictions?: List | null;
  passkeyProfiles?: Profile[];
}

export interface Passkey {
  readonly aaguid: string;
  readonly type: "deviceBound" | "synced";
}

/** A copy that may be edited. */
export function configuration(raw: JsonObject): Configuration {
  return structuredClone(raw) as unknown as Configuration;
}

/** @param who what targets may name that is the person: all users, their groups, their own id */
export function canUse(policy: Configuration, who: readonly string[], passkey: Passkey): boolean {
  if (policy.state !== "enabled") return false;
  if (policy.excludeTargets.some(({ id }) => who.includes(id))) return false;
  const targets = policy.includeTargets.filter(({ id }) => who.includes(id));
  if (targets.length === 0) return false;
  if (!hasProfiles(policy)) return letsIn(policy.keyRestrictions, passkey.aaguid);
  return profilesOf(policy, who).some(
    (profile) =>
      (profile.passkeyTypes ?? "").split(",").includes(passkey.type) &&
      letsIn(profile.keyRestrictions, passkey.aaguid),
  );
}

export function hasProfiles({ passkeyProfiles }: Configuration): boolean {
  return passkeyProfiles !== undefined && passkeyProfiles.length > 0;
}

/** The profiles that the person's targets name. */
export function profilesOf(policy: Configuration, who: readonly string[]): readonly Profile[] {
  const named = policy.includeTargets
    .filter(({ id }) => who.includes(id))
    .flatMap(({ allowedPasskeyProfiles }) => allowedPasskeyProfiles ?? []);
  return (policy.passkeyProfiles ?? []).filter(({ id }) => named.includes(id));
}

function letsIn(list: List | null | undefined, aaguid: string): boolean {
  if (!list?.isEnforced) return true;
  const isOn = (list.aaGuids ?? []).some((each) => each.toLowerCase() === aaguid);
  return list.enforcementType === "allow" ? isOn : !isOn;
}

/** Mends one thing that a set of rules has against a passkey. @param holder the profile, or the policy itself */
export function mend(holder: Profile | Configuration, fault: string, { aaguid, type }: Passkey): void {
  if (fault === "kind" && "passkeyTypes" in holder) holder.passkeyTypes = `${holder.passkeyTypes},${type}`;
  const list = holder.keyRestrictions;
  if (list?.aaGuids === undefined) return;
  if (fault === "not-listed") list.aaGuids.push(aaguid);
  if (fault === "blocked") list.aaGuids = list.aaGuids.filter((each) => each.toLowerCase() !== aaguid);
}
