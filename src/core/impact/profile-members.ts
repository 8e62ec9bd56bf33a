import type { PersonId } from "../person.js";
import type { ProfileRef } from "../policy/change.js";
import type { Policy, ProfilesPolicy } from "../policy/policy.js";
import { groupsNamedIn, type Memberships, rulesFor } from "../policy/who-may-use.js";

/** Who gets a profile by a change, and from whom it is taken. */
export interface ProfileMembers {
  readonly profile: ProfileRef;
  /** Targets that get it, and that lose it: object ids of groups, or all users. */
  readonly given: readonly string[];
  readonly taken: readonly string[];
  /** People of the groups that the policies name who have it afterwards and not before, and the reverse. */
  readonly gaining: number;
  readonly losing: number;
  /** What becomes of people who are in none of those groups, where that changes. */
  readonly others?: "gain" | "lose";
}

/** In no group. */
const NOBODY_NAMED = "" as PersonId;
const NONE: ReadonlySet<PersonId> = new Set();

/**
 * Each profile that people get or lose between two policies with profiles, by target and by people. Whether
 * passkeys are on does not matter here: that is a change of its own, for all of them.
 */
export function profileMembers(
  before: Policy,
  after: Policy,
  memberships: Memberships,
): readonly ProfileMembers[] {
  if (before.shape === "legacy" || after.shape === "legacy") return [];
  const named = new Set([...groupsNamedIn(before), ...groupsNamedIn(after)]);
  const people = new Set([...named].flatMap((group) => [...(memberships.get(group) ?? [])]));
  const [held, holds] = [holdersOf(before, people, memberships), holdersOf(after, people, memberships)];
  return profilesOf(before, after).flatMap((profile) => {
    const [had, has] = [held.get(profile.id) ?? NONE, holds.get(profile.id) ?? NONE];
    const [hadTarget, hasTarget] = [targetsWith(before, profile.id), targetsWith(after, profile.id)];
    const change: ProfileMembers = {
      profile,
      given: hasTarget.filter((id) => !hadTarget.includes(id)),
      taken: hadTarget.filter((id) => !hasTarget.includes(id)),
      gaining: [...has].filter((person) => person !== NOBODY_NAMED && !had.has(person)).length,
      losing: [...had].filter((person) => person !== NOBODY_NAMED && !has.has(person)).length,
      ...(has.has(NOBODY_NAMED) === had.has(NOBODY_NAMED)
        ? {}
        : { others: has.has(NOBODY_NAMED) ? "gain" : "lose" }),
    };
    const { given, taken, gaining, losing, others } = change;
    return given.length + taken.length + gaining + losing === 0 && others === undefined ? [] : [change];
  });
}

/** Profile -> people who may use it. */
function holdersOf(
  policy: ProfilesPolicy,
  people: ReadonlySet<PersonId>,
  memberships: Memberships,
): ReadonlyMap<string, ReadonlySet<PersonId>> {
  const on: ProfilesPolicy = { ...policy, state: "enabled" };
  const holders = new Map<string, Set<PersonId>>(policy.profiles.map(({ id }) => [id, new Set()]));
  for (const person of [...people, NOBODY_NAMED]) {
    const rules = new Set(rulesFor(on, person, memberships));
    for (const profile of policy.profiles) if (rules.has(profile)) holders.get(profile.id)?.add(person);
  }
  return holders;
}

function targetsWith({ include }: Policy, profile: string): readonly string[] {
  return include.filter(({ profiles }) => profiles.includes(profile)).map(({ id }) => id);
}

/** Those of now by the names of now, then those that end. */
function profilesOf(before: ProfilesPolicy, after: ProfilesPolicy): readonly ProfileRef[] {
  const ended = before.profiles.filter(({ id }) => !after.profiles.some((other) => other.id === id));
  return [...after.profiles, ...ended].map(({ id, name }) => ({ id, name }));
}
