import { type Refusal, refuse, unreachable } from "../../errors.js";
import type { Json, JsonObject } from "../../json.js";
import type { GroupRef, GroupsIntent } from "../intent.js";
import { ALL_USERS, type PasskeyProfile, type Policy } from "../policy.js";
import { type AskedProfile, excludedOf, hasProfile, lackingOf, refuseGiven } from "./given-groups.js";
import { excludeTargetsOf, includeTargetsOf, targetId, withoutProfile, withTargets } from "./target-edits.js";

type Edited = { readonly includeTargets: Json } | { readonly excludeTargets: Json };

/**
 * Whom passkeys are for after a command about groups. Refuses what would change nothing for them, and to leave no group
 * at all: that is what turning passkeys off is for, and an empty list would be all users when they are turned on.
 * @param profile the profile that was named, else the default one; undefined in the legacy shape
 */
export function desiredGroups(
  policy: Policy,
  intent: GroupsIntent,
  profile: PasskeyProfile | undefined,
): Edited | Refusal {
  const { kind, groups } = intent;
  const asked: AskedProfile = { profile, isNamed: intent.profile !== undefined };
  switch (kind) {
    case "add-group":
      return added(policy, groups, asked);
    case "remove-group":
      return removed(policy, groups, asked);
    case "exclude-group":
    case "include-group":
      if (asked.isNamed) return refuse({ code: "exclusion-has-no-profile", groups });
      return kind === "exclude-group" ? excluded(policy, groups) : included(policy, groups);
    default:
      return unreachable(kind);
  }
}

function added(policy: Policy, groups: readonly GroupRef[], asked: AskedProfile): Edited | Refusal {
  const exceptions = excludedOf(policy, groups);
  if (exceptions.length > 0) return refuse({ code: "group-excluded", groups: exceptions });
  const lacking = lackingOf(policy, groups, asked);
  if ("kind" in lacking) return lacking;
  if (lacking.length === 0) return refuseGiven("itself", policy, groups, asked);
  const ids = lacking.map(({ id }): string => id);
  return { includeTargets: withTargets(includeTargetsOf(policy), ids, asked.profile?.id) };
}

function removed(
  policy: Policy,
  groups: readonly GroupRef[],
  { profile, isNamed }: AskedProfile,
): Edited | Refusal {
  const today = includeTargetsOf(policy);
  const named = isNamed ? profile : undefined;
  const listed = today
    .filter((target) => hasProfile(target, { profile: named, isNamed: true }))
    .map(targetId);
  const unlisted = groups.filter(({ id }) => !listed.includes(id));
  if (unlisted.length > 0) {
    return refuse({
      code: "group-not-on-list",
      groups: unlisted,
      forAllUsers: listed.includes(ALL_USERS),
      ...(named === undefined ? {} : { profile: named.name }),
    });
  }
  const left = today.flatMap((target) => {
    if (!groups.some(({ id }) => id === targetId(target))) return [target];
    return named === undefined ? [] : withoutProfile(target, named.id);
  });
  return left.length === 0 ? refuse({ code: "nobody-left" }) : { includeTargets: left };
}

function excluded(policy: Policy, groups: readonly GroupRef[]): Edited | Refusal {
  const today = excludeTargetsOf(policy);
  const present = today.map(targetId);
  const after = [
    ...today,
    ...groups.filter(({ id }) => !present.includes(id)).map(({ id }) => ({ id, targetType: "group" })),
  ];
  const ids = after.map((target: JsonObject) => targetId(target));
  const isNobodyLeft = policy.include.every((target) => ids.includes(target.id));
  return isNobodyLeft ? refuse({ code: "nobody-left" }) : { excludeTargets: after };
}

function included(policy: Policy, groups: readonly GroupRef[]): Edited | Refusal {
  const exceptions = excludedOf(policy, groups);
  const others = groups.filter((group) => !exceptions.includes(group));
  if (others.length > 0) return refuse({ code: "group-not-excluded", groups: others });
  const ids = exceptions.map(({ id }): string => id);
  return { excludeTargets: excludeTargetsOf(policy).filter((target) => !ids.includes(targetId(target))) };
}
