import { ownMember } from "../own-member.js";
import type { GroupKind, NamedGroups } from "../policy/group.js";
import type { GroupRef } from "../policy/intent.js";
import { ALL_USERS, type IncludeTarget, type Policy } from "../policy/policy.js";
import type { MeantGroup } from "../refusal-reason.js";
import { listed, people } from "./amounts.js";
import type { Medium } from "./medium.js";

/** Object id or AAGUID -> the name by which people know it. */
export type Names = Readonly<Record<string, string>>;

/** How many groups are named in one cell. */
export const GROUPS_NAMED = 4;
/** So much of an object id tells two groups of one name apart. */
const ID_SHOWN = 8;

/**
 * The words for groups, and for whom a policy is. No group is named without how many people are in it and the
 * beginning of its object id: who makes a group can give it any name.
 */
export function groupWordsIn({ quote }: Medium) {
  /** "Pilot (36 people, 1a2b3c4d)". */
  const groupWords = (id: string, groups: Partial<NamedGroups>): string => {
    if (id === ALL_USERS) return "all users";
    const name = groups.groupNames?.[id];
    if (name !== undefined) return groupRefWords({ id, name }, groups);
    // Without facts it was not looked up, so nothing is known of it.
    return groups.groupFacts === undefined
      ? `a group whose name is not known (${quote(id)})`
      : `a group that no longer exists (${quote(id)})`;
  };
  /** The same of a group by the name it had when it was asked for. */
  const groupRefWords = (
    { id, name }: Readonly<Record<keyof GroupRef, string>>,
    { groupFacts }: Partial<NamedGroups>,
  ): string =>
    `${quote(name)} (${countWords(ownMember(groupFacts, id)?.people)}, ${quote(id.slice(0, ID_SHOWN))})`;
  /** "Pilot (36 people, 1a2b3c4d) and Finance (4 people, 5e6f7a8b)". */
  const groupsWords = (
    ids: readonly string[],
    groups: Partial<NamedGroups>,
    most: number = GROUPS_NAMED,
  ): string => {
    if (ids.length === 0) return "nobody";
    return listed(
      ids.map((id) => groupWords(id, groups)),
      most,
    );
  };
  /** "Contractors (24 people, security group, contractors@x.test): <object id>", of several with one name. */
  const meantWords = ({ id, name, people: count, mail, ...group }: MeantGroup): string => {
    const facts = [countWords(count), kindWords(group), ...(mail === undefined ? [] : [quote(mail)])];
    return `${quote(name)} (${facts.join(", ")}): ${quote(id)}`;
  };
  /** For whom a policy is, with the profiles of each where there are profiles: "all users (Default, Synced)". */
  const targetWords = (
    targets: readonly IncludeTarget[],
    policy: Policy,
    groups: Partial<NamedGroups>,
    most: number = GROUPS_NAMED,
  ): string => {
    if (targets.length === 0) return "nobody";
    const given = ({ profiles }: IncludeTarget) =>
      policy.shape === "legacy" ? "" : ` (${profileNames(profiles, policy, quote)})`;
    return listed(
      targets.map((target) => `${groupWords(target.id, groups)}${given(target)}`),
      most,
    );
  };
  return { groupWords, groupRefWords, groupsWords, meantWords, targetWords };
}

/** "Default, Synced", by their names in that policy; of one that is not there its id. */
export function profileNames(ids: readonly string[], policy: Policy, quote: Medium["quote"]): string {
  const profiles = policy.shape === "profiles" ? policy.profiles : [];
  const names = ids.map((id) => quote(profiles.find((profile) => profile.id === id)?.name ?? id));
  return names.join(", ") || "no profile";
}

function countWords(count: number | undefined): string {
  return count === undefined ? "number of people unknown" : people(count);
}

/** What a group is that is no security group. */
export const KINDS_WITHOUT_SECURITY: Readonly<Record<Exclude<GroupKind, "security">, string>> = {
  "microsoft-365": "Microsoft 365 group (a team's, for example) that is not a security group",
  distribution: "distribution list",
};

function kindWords({ kind, securityEnabled }: Pick<MeantGroup, "kind" | "securityEnabled">): string {
  return kind === "security" || securityEnabled ? "security group" : KINDS_WITHOUT_SECURITY[kind];
}
