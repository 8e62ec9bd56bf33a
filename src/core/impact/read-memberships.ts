import { Fault } from "../errors.js";
import { groupId } from "../person.js";
import type { Policy } from "../policy/policy.js";
import { groupsNamedIn, type Members, type Memberships } from "../policy/who-may-use.js";
import type { Ports } from "../ports.js";

/** Who is in each group the policies name. @throws Fault when a group that exists cannot be read */
export async function readMemberships(
  ports: Pick<Ports, "directory">,
  policies: readonly Policy[],
): Promise<Memberships> {
  const groups = [...new Set(policies.flatMap(groupsNamedIn))];
  return new Map(await Promise.all(groups.map(async (id) => [id, await membersOf(ports, id)] as const)));
}

/** A policy may name a group that was deleted. One 404 may be a passing one, so the group is asked for as well. */
export async function membersOf(ports: Pick<Ports, "directory">, id: string): Promise<Members> {
  try {
    return await ports.directory.membersOf(groupId(id));
  } catch (error) {
    const gone = error instanceof Fault && error.code === "graph-not-found";
    if (gone && (await ports.directory.group(groupId(id))) === undefined) return new Set();
    throw error;
  }
}
