import { type Refusal, refuse } from "../../errors.js";
import type { Json, JsonObject } from "../../json.js";
import type { EnableIntent, GroupRef } from "../intent.js";
import { ALL_USERS, type PasskeyProfile, type Policy } from "../policy.js";
import { type AskedProfile, excludedOf, hasProfile, lackingOf, refuseGiven } from "./given-groups.js";
import {
  includeTargetsOf,
  profilesOf,
  targetId,
  withoutProfile,
  withProfile,
  withTargets,
} from "./target-edits.js";

/**
 * The include targets an "enable" wants. Groups are added to those passkeys are for; where "only" is said, and while
 * passkeys are off, they are for these groups alone. With nothing said the targets stay as they are, or are all users
 * where there are none. Where profiles are, a target that is not asked for loses one by "only" alone. Refuses for
 * groups that the change would do nothing for.
 * @param profile the profile that is changed; undefined in the legacy shape
 */
export function desiredTargets(
  policy: Policy,
  intent: EnableIntent,
  profile: PasskeyProfile | undefined,
): { readonly includeTargets: Json } | Refusal {
  const { targets: asked } = intent;
  const today = includeTargetsOf(policy);
  if (asked === undefined) return { includeTargets: asTheyAre(policy, today, profile) };
  if (asked.kind === "all-users") return { includeTargets: forAllUsers(policy, today, profile) };
  const { groups } = asked;
  const excluded = excludedOf(policy, groups);
  if (excluded.length > 0) return refuse({ code: "group-excluded", groups: excluded });
  const ids = groups.map(({ id }): string => id);
  if (policy.state === "disabled") return { includeTargets: forThemAlone(today, ids, profile) };
  if (asked.only) {
    const isWithinProfile = profile !== undefined && intent.profile !== undefined;
    return {
      includeTargets: isWithinProfile
        ? inProfileAlone(today, ids, profile.id)
        : forThemAlone(today, ids, profile),
    };
  }
  return inAddition(policy, groups, { profile, isNamed: intent.profile !== undefined });
}

/** The groups in addition to those who are there. Refuses where the rules that are changed are for none of them. */
function inAddition(
  policy: Policy,
  groups: readonly GroupRef[],
  asked: AskedProfile,
): { readonly includeTargets: Json } | Refusal {
  const lacking = lackingOf(policy, groups, asked);
  if ("kind" in lacking) return lacking;
  const today = includeTargetsOf(policy);
  const ids = groups.map(({ id }): string => id);
  const theirs = today.filter((target) => ids.includes(targetId(target)));
  const isTheirs = theirs.some((target) => hasProfile(target, { ...asked, isNamed: true }));
  if (lacking.length === 0 && !isTheirs) return refuseGiven("itself", policy, groups, asked);
  const added = lacking.map(({ id }): string => id);
  return { includeTargets: withTargets(today, added, asked.profile?.id) };
}

/** A target without a profile would be turned on for people who can use none. */
function asTheyAre(policy: Policy, today: readonly JsonObject[], profile: PasskeyProfile | undefined): Json {
  if (today.length === 0) return withTargets([], [ALL_USERS], profile?.id);
  if (profile === undefined) return policy.raw.includeTargets ?? today;
  return today.map((target) => (profilesOf(target).length > 0 ? target : withProfile(target, profile.id)));
}

/** All users instead of the groups, which they include; with profiles in addition, for groups may have others. */
function forAllUsers(
  policy: Policy,
  today: readonly JsonObject[],
  profile: PasskeyProfile | undefined,
): Json {
  const isForAll = today.some((target) => targetId(target) === ALL_USERS);
  if (profile === undefined && isForAll) return policy.raw.includeTargets ?? today;
  return withTargets(profile === undefined ? [] : today, [ALL_USERS], profile?.id);
}

function forThemAlone(
  today: readonly JsonObject[],
  ids: readonly string[],
  profile: PasskeyProfile | undefined,
): Json {
  const kept = today.filter((target) => ids.includes(targetId(target)));
  return withTargets(kept, ids, profile?.id);
}

/** The other targets lose this profile, and keep those they have beside it. */
function inProfileAlone(today: readonly JsonObject[], ids: readonly string[], profile: string): Json {
  const left = today.flatMap((target) =>
    ids.includes(targetId(target)) ? [target] : withoutProfile(target, profile),
  );
  return withTargets(left, ids, profile);
}
