import { Fault } from "../errors.js";
import { groupId, type Person, type PersonId, personId } from "../person.js";
import type { Ports, Rules } from "../ports.js";

/** More people than this are no emergency accounts, but a group that was named by mistake. */
export const EMERGENCY_PEOPLE_AT_MOST = 100;

/** An id of `EMERGENCY_ACCOUNTS` that protects no person, or not for certain. */
export type EmergencyProblem =
  /** Neither a user nor a group of the tenant: mistyped, or deleted since. */
  | { readonly id: string; readonly why: "unknown" }
  /** A group without people, as far as the app may see. */
  | { readonly id: string; readonly why: "empty" }
  | { readonly id: string; readonly why: "too-many"; readonly people: number };

/** Whom `EMERGENCY_ACCOUNTS` protects at this moment. */
export interface EmergencyPeople {
  /** Each once; those of a group by their ids alone. */
  readonly people: readonly Person[];
  /** Not empty: it is not certain that all who were meant are among them. */
  readonly problems: readonly EmergencyProblem[];
}

/**
 * Looks up all ids as users, and what is none as a group with everybody in it.
 * @throws Fault when Graph does not say: that is not the same as "not there"
 */
export async function findEmergencyPeople(
  ports: Pick<Ports, "directory">,
  { emergencyAccounts }: Pick<Rules, "emergencyAccounts">,
): Promise<EmergencyPeople> {
  const ids = [...new Set(emergencyAccounts)];
  const users = await ports.directory.people(ids.map(personId));
  const found = await Promise.all(
    ids.map((id) => {
      const person = users.get(personId(id));
      return person === undefined ? lookAsGroup(ports, id) : { people: [person] };
    }),
  );
  const people = new Map<PersonId, Person>();
  for (const person of found.flatMap((each) => ("problem" in each ? [] : each.people))) {
    // Of a user named both ways the name is known.
    if (!people.has(person.id) || person.name !== person.id) people.set(person.id, person);
  }
  return {
    people: [...people.values()],
    problems: found.flatMap((each) => ("problem" in each ? [each.problem] : [])),
  };
}

type Looked = { readonly people: readonly Person[] } | { readonly problem: EmergencyProblem };

async function lookAsGroup(ports: Pick<Ports, "directory">, id: string): Promise<Looked> {
  const members = await membersOf(ports, id);
  if (members === undefined) return { problem: { id, why: "unknown" } };
  if (members.size === 0) return { problem: { id, why: "empty" } };
  if (members.size > EMERGENCY_PEOPLE_AT_MOST)
    return { problem: { id, why: "too-many", people: members.size } };
  return { people: [...members].map((member) => ({ id: member, name: member })) };
}

/** undefined: there is no such group. */
async function membersOf(
  { directory }: Pick<Ports, "directory">,
  id: string,
): Promise<ReadonlySet<PersonId> | undefined> {
  try {
    return await directory.membersOf(groupId(id));
  } catch (error) {
    if (error instanceof Fault && error.code === "graph-not-found") return undefined;
    throw error;
  }
}
