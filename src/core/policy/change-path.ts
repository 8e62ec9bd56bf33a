import type { PolicyChange, ProfileRef } from "./change.js";

/** Whether one of the two is the other or lies within it. */
export function meet(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}

/** Where what a change is about stands in the configuration; parts of a list by their ids. */
export function pathOf(change: PolicyChange): string {
  switch (change.setting) {
    case "state":
      return "state";
    case "self-service":
      return "isSelfServiceRegistrationAllowed";
    case "include":
      return "includeTargets";
    case "exclude":
      return "excludeTargets";
    case "attestation":
      return change.profile ? ofProfile(change.profile, "attestationEnforcement") : "isAttestationEnforced";
    case "types":
      return change.profile ? ofProfile(change.profile, "passkeyTypes") : "passkeyTypes";
    case "restriction":
      return change.profile ? ofProfile(change.profile, "keyRestrictions") : "keyRestrictions";
    case "profile-added":
    case "profile-removed":
      return `passkeyProfiles.${change.profile.id}`;
    case "profile-name":
      return ofProfile(change.profile, "name");
    case "other":
      return change.path;
  }
}

const ofProfile = ({ id }: ProfileRef, member: string): string => `passkeyProfiles.${id}.${member}`;
