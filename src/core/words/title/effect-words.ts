import type { Effect, ProfileMove } from "../../impact/effect.js";
import type { Count } from "../../impact/people.js";
import type { NamedGroups } from "../../policy/group.js";
import { ALL_USERS } from "../../policy/policy.js";
import { listed, people } from "../amounts.js";
import { groupWordsIn } from "../group-words.js";
import type { Medium } from "../medium.js";

const GROUPS_SHOWN = 3;

/** The words for what a plan does to people: whom passkeys are for after, and who loses them. */
export function effectWordsIn(medium: Medium) {
  const { groupWords } = groupWordsIn(medium);
  const { quote } = medium;

  const targets = (ids: readonly string[], named: Partial<NamedGroups>): string =>
    ids.length === 0
      ? "nobody"
      : listed(
          ids.map((id) => groupWords(id, named)),
          GROUPS_SHOWN,
        );

  /** "give Helpdesk (9 people, 1a2b3c4d) profile Synced": each profile with all that get or lose it. */
  const moved = (moves: readonly ProfileMove[], named: Partial<NamedGroups>): readonly string[] => {
    const kinds = new Set(moves.map(({ move, profile }) => JSON.stringify([move, profile])));
    return [...kinds].map((kind) => {
      const theirs = moves.filter(({ move, profile }) => JSON.stringify([move, profile]) === kind);
      const [{ move, profile } = { move: "given", profile: "" }] = theirs;
      const who = targets(
        theirs.map(({ target }) => target),
        named,
      );
      return move === "given"
        ? `give ${who} profile ${quote(profile)}`
        : `take profile ${quote(profile)} from ${who}`;
    });
  };

  /** "add Helpdesk (9 people, 1a2b3c4d) in profile Synced". */
  const added = (effect: Effect, named: Partial<NamedGroups>): readonly string[] => {
    const groups = effect.added.filter((id) => id !== ALL_USERS);
    const all = effect.added.includes(ALL_USERS) ? [allUsers(effect)] : [];
    const given = (id: string) =>
      effect.profiles.filter(({ target }) => target === id).map(({ profile }) => profile);
    const kinds = new Map<string, string[]>();
    for (const id of groups) {
      const profiles = inProfiles(given(id));
      kinds.set(profiles, [...(kinds.get(profiles) ?? []), id]);
    }
    return [...all, ...[...kinds].map(([profiles, ids]) => `add ${targets(ids, named)}${profiles}`)];
  };

  const allUsers = ({ profiles, mayUse, isOn }: Effect): string => {
    const theirs = profiles.filter(({ target }) => target === ALL_USERS).map(({ profile }) => profile);
    const was = isOn && mayUse.before !== "all-others" ? ` (was ${people(mayUse.before)})` : "";
    return `all users may use passkeys${inProfiles(theirs)}${was}`;
  };

  const inProfiles = (profiles: readonly string[]): string =>
    profiles.length === 0 ? "" : ` in profile ${listed(profiles.map(quote), GROUPS_SHOWN)}`;

  /** What happens to whom passkeys are for, where they are neither turned on nor off; one phrase each. */
  const audienceWords = (effect: Effect, named: Partial<NamedGroups>): readonly string[] => {
    const { removed, excluded, included } = effect;
    // All users include the groups that make room for them.
    const gone = effect.added.includes(ALL_USERS) && effect.lose === 0 ? [] : removed;
    const isThere = ({ target }: ProfileMove) => ![...effect.added, ...gone].includes(target);
    return [
      ...added(effect, named),
      ...(gone.length > 0 ? [`remove ${targets(gone, named)}`] : []),
      ...(excluded.length > 0 ? [`exclude ${targets(excluded, named)}`] : []),
      ...(included.length > 0 ? [`include ${targets(included, named)} again`] : []),
      ...moved(effect.profiles.filter(isThere), named),
    ];
  };

  /** "36 people lose passkeys"; where groups leave and no person loses them, that as well. */
  const lossWords = (effect: Effect): readonly string[] => {
    const { lose, removed, excluded, profiles, turned, cutOff } = effect;
    const gone = effect.added.includes(ALL_USERS) ? [] : removed;
    const leaves = [...gone, ...excluded, ...profiles.filter(({ move }) => move === "taken")].length > 0;
    const left = effect.isOn && effect.mayUse.after === 0 ? ["nobody is left"] : [];
    const kept = effect.loseProfile.map(
      (lost) => `${subject(lost.people, "lose", "loses")} profile ${quote(lost.profile)}`,
    );
    if (turned === "on") return cutOff > 0 ? [`${subject(cutOff, "lose", "loses")} sign-in`] : [];
    if (turned === "off") {
      const everybody = lose === "all-others" ? "everybody loses" : subject(lose, "lose", "loses");
      return [`${everybody} them`];
    }
    if (lose !== 0) return [`${subject(lose, "lose", "loses")} passkeys`, ...kept, ...left];
    if (cutOff > 0) return [`${subject(cutOff, "lose", "loses")} sign-in`, ...kept];
    if (kept.length > 0) return kept;
    return leaves && effect.isOn ? ["nobody loses passkeys"] : [];
  };

  return { targets, audienceWords, lossWords };
}

function subject(count: Count, many: string, one: string): string {
  if (count === "all-others") return `everybody else ${one}`;
  if (count === 0) return `nobody ${one}`;
  return `${people(count)} ${count === 1 ? one : many}`;
}
