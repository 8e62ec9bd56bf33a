import type { PolicyChange } from "../policy/change.js";
import { ALL_USERS, type Policy, type ProfilesPolicy } from "../policy/policy.js";

/** A profile whose rules change although no target has it, or a target that gives its people none. */
export type ReachWarning =
  | {
      readonly kind: "profile-reaches-nobody";
      /** Names: of the profile, and of those that do reach people. */
      readonly profile: string;
      readonly others: readonly string[];
    }
  | { readonly kind: "targets-without-profile"; readonly targets: readonly string[] };

/** What a plan in a tenant with profiles does not do for people, though it reads as if it did. */
export function warnOfReach(after: Policy, changes: readonly PolicyChange[]): readonly ReachWarning[] {
  if (after.shape === "legacy") return [];
  const touched = new Set(
    changes.flatMap((change) => ("profile" in change && change.profile ? [change.profile.id] : [])),
  );
  const reached = new Set(after.include.flatMap(({ profiles }) => profiles));
  const others = namesOf(after, (id) => reached.has(id));
  const unreached = namesOf(after, (id) => touched.has(id) && !reached.has(id));
  const isForAll = after.include.some(({ id, profiles }) => id === ALL_USERS && profiles.length > 0);
  // People have the profiles of every target they are in, so what is for all users reaches them as well.
  const targets = isForAll
    ? []
    : after.include.filter(({ profiles }) => profiles.length === 0).map(({ id }) => id);
  return [
    ...unreached.map((profile) => ({ kind: "profile-reaches-nobody", profile, others }) as const),
    ...(targets.length > 0 ? [{ kind: "targets-without-profile", targets } as const] : []),
  ];
}

function namesOf({ profiles }: ProfilesPolicy, isMeant: (id: string) => boolean): readonly string[] {
  return profiles.filter(({ id }) => isMeant(id)).map(({ name }) => name);
}
