import type { ProfileMembers } from "../impact/profile-members.js";
import type { NamedGroups } from "../policy/group.js";
import { listed, people } from "./amounts.js";
import { groupWordsIn } from "./group-words.js";
import type { Medium } from "./medium.js";

/**
 * "Profile Synced: given to Helpdesk (36 people, 1a2b3c4d), taken from Pilot (12 people, 5e6f7a8b). 36 people gain it,
 * 12 people lose it."
 * @param most groups that are named; more are counted
 */
export function profileMemberWords(
  { profile, given, taken, gaining, losing, others }: ProfileMembers,
  groups: NamedGroups,
  medium: Medium,
  most: number,
): string {
  const { groupWords } = groupWordsIn(medium);
  const named = (verb: string, ids: readonly string[]) =>
    ids.length === 0
      ? []
      : [
          `${verb} ${listed(
            ids.map((id) => groupWords(id, groups)),
            most,
          )}`,
        ];
  const targets = [...named("given to", given), ...named("taken from", taken)].join(", ");
  const reach = [
    ...(gaining === 0 ? [] : [`${people(gaining)} ${gaining === 1 ? "gains" : "gain"} it`]),
    ...(losing === 0 ? [] : [`${people(losing)} ${losing === 1 ? "loses" : "lose"} it`]),
    ...(others === undefined ? [] : [`everybody else ${others}s it`]),
  ];
  const name = medium.strong(`Profile ${medium.quote(profile.name)}`);
  const whom = reach.length === 0 ? "Nobody gains or loses it by that" : reach.join(", ");
  return targets === "" ? `${name}: ${whom}.` : `${name}: ${targets}. ${whom}.`;
}
