import { Fault } from "../errors.js";
import { groupId } from "../person.js";
import type { Group, GroupFacts, NamedGroups } from "../policy/group.js";
import { groupsOf, type Intent } from "../policy/intent.js";
import type { Policy } from "../policy/policy.js";
import { groupsNamedIn, type Memberships } from "../policy/who-may-use.js";
import type { Ports } from "../ports.js";

interface Mentioned {
  readonly policies: readonly Policy[];
  /** What was asked for, whose groups were looked up already. */
  readonly intent?: Intent;
  /** Members of groups that were read already; of the others they are counted. */
  readonly memberships?: Memberships;
}

/**
 * Name, kind and number of people of every group that policies and an intent mention; a group that no longer exists is left
 * to its id. A number that cannot be read is left open.
 * @throws Fault when a name cannot be read
 */
export async function describeGroups(
  ports: Pick<Ports, "directory" | "log">,
  { policies, intent, memberships = new Map() }: Mentioned,
): Promise<NamedGroups> {
  const asked = intent === undefined ? [] : groupsOf(intent);
  const known = new Map<string, string>(asked.map(({ id, name }) => [id, name]));
  const ids = [...new Set([...known.keys(), ...policies.flatMap(groupsNamedIn)])];
  const found = await Promise.all(
    ids.map(async (id) => {
      const [group, people] = await Promise.all([
        ports.directory.group(groupId(id)),
        memberships.get(id)?.size ?? countIfPossible(ports, id),
      ]);
      const name = known.get(id) ?? group?.name;
      return name === undefined ? undefined : { id, name, facts: factsOf(group, people) };
    }),
  );
  const there = found.filter((each) => each !== undefined);
  return {
    groupNames: Object.fromEntries(there.map(({ id, name }) => [id, name])),
    groupFacts: Object.fromEntries(there.map(({ id, facts }): [string, GroupFacts] => [id, facts])),
  };
}

function factsOf(group: Group | undefined, people: number | undefined): GroupFacts {
  const kind = group === undefined || group.securityEnabled ? "security" : group.kind;
  return {
    ...(people === undefined ? {} : { people }),
    ...(kind === "security" ? {} : { notSecurity: kind }),
  };
}

/** How many people are in it; undefined when there is no such group, or when that cannot be read, which is logged. */
export async function countIfPossible(
  { directory, log }: Pick<Ports, "directory" | "log">,
  id: string,
): Promise<number | undefined> {
  try {
    return await directory.countMembers(groupId(id));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code !== "graph-not-found") log.warn("group-not-counted", { code: error.code });
    return undefined;
  }
}
