import { ALL_USERS, type IncludeTarget } from "../policy/policy.js";
import { listed } from "./amounts.js";
import type { Medium } from "./medium.js";

/** Object id or AAGUID -> the name by which people know it. */
export type Names = Readonly<Record<string, string>>;

/** How many groups are named in one cell. */
const GROUPS_NAMED = 4;

/** The words for groups, and for whom a policy is. */
export function groupWordsIn({ quote }: Medium) {
  const groupWords = (id: string, groupNames: Names): string => {
    if (id === ALL_USERS) return "all users";
    const name = groupNames[id];
    return name === undefined ? `a group that no longer exists (${quote(id)})` : quote(name);
  };
  /** "Pilot and Finance". */
  const groupsWords = (ids: readonly string[], groupNames: Names): string => {
    if (ids.length === 0) return "nobody";
    return listed(
      ids.map((id) => groupWords(id, groupNames)),
      GROUPS_NAMED,
    );
  };
  /** "all users", "Pilot and Finance". */
  const targetWords = (targets: readonly IncludeTarget[], groupNames: Names): string =>
    groupsWords(
      targets.map(({ id }) => id),
      groupNames,
    );
  return { groupWords, groupsWords, targetWords };
}
