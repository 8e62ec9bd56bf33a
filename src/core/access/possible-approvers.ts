import { Fault } from "../errors.js";
import { groupId, type PersonId, personId } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import { APPROVING_ROLES } from "./roles.js";

type People = ReadonlySet<PersonId>;

/**
 * People among whom is each one who may approve: holders of the roles, and who is named or in a group that is named. It
 * takes as many requests as there are roles and ids, however many people there are; whether one of them may approve is
 * still for `whyNotApprover` to say. @throws Fault
 */
export async function possibleApprovers(
  { directory }: Pick<Ports, "directory">,
  { approvers, furtherApprovers = [] }: Pick<Rules, "approvers" | "furtherApprovers">,
): Promise<People> {
  const read = async (ids: readonly string[] | undefined): Promise<People> =>
    ids === undefined
      ? union(await Promise.all(APPROVING_ROLES.map(directory.holdersOf)))
      : union([new Set(ids.map(personId)), ...(await Promise.all(ids.map((id) => inGroup(directory, id))))]);
  // A person has to satisfy each list.
  const [first, ...others] = await Promise.all([approvers, ...furtherApprovers].map(read));
  return new Set([...(first ?? [])].filter((person) => others.every((other) => other.has(person))));
}

/** An id is a group's or a person's, and does not say whose. */
async function inGroup(directory: Ports["directory"], id: string): Promise<People> {
  try {
    return await directory.membersOf(groupId(id));
  } catch (error) {
    if (error instanceof Fault && error.code === "graph-not-found") return new Set();
    throw error;
  }
}

function union(sets: readonly People[]): People {
  return new Set(sets.flatMap((people) => [...people]));
}
