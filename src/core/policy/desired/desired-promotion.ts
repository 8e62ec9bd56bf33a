import { type Refusal, refuse } from "../../errors.js";
import type { Json, JsonObject } from "../../json.js";
import type { GroupRef, PromoteIntent } from "../intent.js";
import { ALL_USERS, type Policy } from "../policy.js";
import { findProfile } from "./find-profile.js";
import { excludedOf, refuseGiven } from "./given-groups.js";
import { includeTargetsOf, profilesOf, targetId, withTargets } from "./target-edits.js";

/**
 * The targets after what the pilot has was given to more people, and nothing else. Refuses while passkeys are off, where
 * there is no pilot, where its groups have different profiles and none was named, and where these people have it already.
 */
export function desiredPromotion(
  policy: Policy,
  intent: PromoteIntent,
): { readonly includeTargets: Json } | Refusal {
  // Who names a profile speaks of that, and of no pilot.
  const isOfPilot = intent.profile === undefined || intent.from !== undefined;
  if (isOfPilot && policy.state === "disabled") return refuse({ code: "pilot-off" });
  const pilot = isOfPilot ? pilotOf(policy, intent.from) : [];
  if ("kind" in pilot) return pilot;
  const given = profilesGiven(policy, intent, pilot);
  if (given !== undefined && "kind" in given) return given;
  const today = includeTargetsOf(policy);
  return intent.targets.kind === "all-users"
    ? toAllUsers(policy, today, given?.ids)
    : toGroups(policy, today, intent.targets.groups, given?.ids);
}

/** The targets that are the pilot: the group that was named, else every group. */
function pilotOf(policy: Policy, from: GroupRef | undefined): readonly JsonObject[] | Refusal {
  const groups = includeTargetsOf(policy).filter((target) => targetId(target) !== ALL_USERS);
  if (from === undefined) {
    const forAllUsers = groups.length < policy.include.length;
    return groups.length > 0 ? groups : refuse({ code: "no-pilot", forAllUsers });
  }
  const named = groups.filter((target) => targetId(target) === from.id);
  return named.length > 0 ? named : refuse({ code: "group-not-on-list", groups: [from], forAllUsers: false });
}

/** Ids of the profiles that the pilot has; undefined in the legacy shape. */
function profilesGiven(
  policy: Policy,
  { profile: typed }: PromoteIntent,
  pilot: readonly JsonObject[],
): { readonly ids: readonly string[] } | Refusal | undefined {
  if (policy.shape === "legacy")
    return typed === undefined ? undefined : refuse({ code: "profiles-not-in-use", name: typed });
  if (typed !== undefined) {
    const profile = findProfile(policy, typed);
    return "kind" in profile ? profile : { ids: [profile.id] };
  }
  const sets = new Set(pilot.map((target) => [...profilesOf(target)].sort().join(" ")));
  const ids = [...new Set(pilot.flatMap(profilesOf))];
  if (sets.size === 1 && ids.length > 0) return { ids };
  const known = policy.profiles.filter(({ id }) => ids.includes(id) || ids.length === 0);
  return refuse({ code: "which-profile", profiles: known.map(({ name }) => name) });
}

/** In the legacy shape instead of the groups, which all users include; with profiles the groups keep theirs. */
function toAllUsers(
  policy: Policy,
  today: readonly JsonObject[],
  profiles: readonly string[] | undefined,
): { readonly includeTargets: Json } | Refusal {
  const everybody = today.find((target) => targetId(target) === ALL_USERS);
  if (profiles === undefined) {
    return everybody === undefined
      ? { includeTargets: withTargets([], [ALL_USERS], undefined) }
      : refuse({ code: "all-users-already", profiles: [] });
  }
  const has = everybody === undefined ? [] : profilesOf(everybody);
  const lacking = profiles.filter((id) => !has.includes(id));
  if (lacking.length === 0) return refuse({ code: "all-users-already", profiles: namesOf(policy, profiles) });
  return { includeTargets: withEach(today, [ALL_USERS], lacking) };
}

function toGroups(
  policy: Policy,
  today: readonly JsonObject[],
  groups: readonly GroupRef[],
  profiles: readonly string[] | undefined,
): { readonly includeTargets: Json } | Refusal {
  const excluded = excludedOf(policy, groups);
  if (excluded.length > 0) return refuse({ code: "group-excluded", groups: excluded });
  const ids = groups.map(({ id }): string => id);
  const everybody = today.find((target) => targetId(target) === ALL_USERS);
  const isGiven = { profile: undefined, isNamed: false };
  if (profiles === undefined) {
    if (everybody !== undefined) return refuseGiven("all-users", policy, groups, isGiven);
    const present = today.map(targetId);
    const lacking = ids.filter((id) => !present.includes(id));
    if (lacking.length === 0) return refuseGiven("itself", policy, groups, isGiven);
    return { includeTargets: withTargets(today, lacking, undefined) };
  }
  const ofAll = everybody === undefined ? [] : profilesOf(everybody);
  const wanted = profiles.filter((id) => !ofAll.includes(id));
  if (wanted.length === 0) return refuseGiven("all-users", policy, groups, isGiven);
  const lacking = ids.filter((id) => {
    const has = today.filter((target) => targetId(target) === id).flatMap(profilesOf);
    return wanted.some((profile) => !has.includes(profile));
  });
  if (lacking.length === 0) return refuseGiven("itself", policy, groups, isGiven);
  return { includeTargets: withEach(today, lacking, wanted) };
}

/** Each of these targets with each of these profiles, in addition to what there is. */
function withEach(today: readonly JsonObject[], ids: readonly string[], profiles: readonly string[]): Json {
  return profiles.reduce<readonly JsonObject[]>(
    (targets, profile) => withTargets(targets, ids, profile),
    today,
  );
}

function namesOf(policy: Policy, ids: readonly string[]): readonly string[] {
  const profiles = policy.shape === "profiles" ? policy.profiles : [];
  return ids.map((id) => profiles.find((profile) => profile.id === id)?.name ?? id);
}
