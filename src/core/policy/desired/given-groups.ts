import { type Refusal, refuse } from "../../errors.js";
import type { JsonObject } from "../../json.js";
import type { GroupRef } from "../intent.js";
import { ALL_USERS, type PasskeyProfile, type Policy } from "../policy.js";
import { excludeTargetsOf, includeTargetsOf, profilesOf, targetId } from "./target-edits.js";

/** The profile that groups are given: the one that was named, else the default one; undefined in the legacy shape. */
export interface AskedProfile {
  readonly profile: PasskeyProfile | undefined;
  readonly isNamed: boolean;
}

/** Those of the groups that are exceptions, which win. */
export function excludedOf(policy: Policy, groups: readonly GroupRef[]): readonly GroupRef[] {
  const excluded = excludeTargetsOf(policy).map(targetId);
  return groups.filter(({ id }) => excluded.includes(id));
}

/**
 * Those of the groups that have no target of their own yet with what is asked. Refuses where passkeys are for all users,
 * and so for each of them.
 */
export function lackingOf(
  policy: Policy,
  groups: readonly GroupRef[],
  asked: AskedProfile,
): readonly GroupRef[] | Refusal {
  const having = includeTargetsOf(policy)
    .filter((target) => hasProfile(target, asked))
    .map(targetId);
  if (having.includes(ALL_USERS)) return refuseGiven("all-users", policy, groups, asked);
  return groups.filter(({ id }) => !having.includes(id));
}

/** Who names no profile asks for passkeys, with whichever profile. */
export function hasProfile(target: JsonObject, { profile, isNamed }: AskedProfile): boolean {
  if (profile === undefined) return true;
  const given = profilesOf(target);
  return isNamed ? given.includes(profile.id) : given.length > 0;
}

/** Says which profiles they have, and which they might have in addition. */
export function refuseGiven(
  through: "all-users" | "itself",
  policy: Policy,
  groups: readonly GroupRef[],
  { profile }: AskedProfile,
): Refusal {
  const ids = through === "all-users" ? [ALL_USERS] : groups.map(({ id }): string => id);
  const given = includeTargetsOf(policy)
    .filter((target) => ids.includes(targetId(target)))
    .flatMap(profilesOf);
  const other = profile === undefined || given.includes(profile.id) ? {} : { other: profile.name };
  return refuse({ code: "group-has-passkeys", groups, through, profiles: namesOf(policy, given), ...other });
}

/** Names of these profiles, each once; of one that is not there its id. */
function namesOf(policy: Policy, ids: readonly string[]): readonly string[] {
  const profiles = policy.shape === "profiles" ? policy.profiles : [];
  return [...new Set(ids)].map((id) => profiles.find((profile) => profile.id === id)?.name ?? id);
}
