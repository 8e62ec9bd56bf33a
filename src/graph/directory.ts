import { BoundedMap } from "../async/bounded-map.js";
import { Fault } from "../core/errors.js";
import { type GroupId, groupId, type PersonId, personId } from "../core/person.js";
import type { Directory } from "../core/ports.js";
import { type AppGraph, BY_INDEX } from "./app-graph.js";
import { directoryRoleRow, groupRow, idRow } from "./wire.js";

/** How long a group's name is shown before it is looked up again. Names are for cards: nothing is decided by one. */
const NAME_KEPT_MS = 60_000;
/** More than any policy names. */
const NAMES_KEPT = 500;

/**
 * Looks up people, groups and roles. Roles are those held actively: PIM's eligible ones are not in the answer.
 * @param elapsed milliseconds since some moment in the past
 */
export function directory(graph: AppGraph, elapsed = () => performance.now()): Directory {
  const index = { headers: BY_INDEX };
  const names = new BoundedMap<GroupId, { readonly name: string; readonly at: number }>(NAMES_KEPT);
  return {
    activeRoles: whileUnderWay(async (person) => {
      const path = memberOf(person, "directoryRole", "displayName,roleTemplateId");
      const rows = await whereFound(graph.getAll(path, directoryRoleRow, index), []);
      return rows.map((row) => ({
        templateId: row.roleTemplateId.toLowerCase(),
        name: row.displayName ?? row.roleTemplateId,
      }));
    }),
    async groupsOf(person) {
      const rows = await whereFound(graph.getAll(memberOf(person, "group", "id"), idRow, index), []);
      return new Set(rows.map((row) => groupId(row.id)));
    },
    async groupsNamed(name) {
      const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`);
      const rows = await graph.getAll(`/v1.0/groups?$filter=${filter}&$select=id,displayName`, groupRow);
      return rows
        .filter((row) => row.displayName.toLowerCase() === name.toLowerCase())
        .map((row) => ({ id: groupId(row.id), name: row.displayName }));
    },
    async groupName(id) {
      const known = names.get(id);
      if (known !== undefined && elapsed() - known.at < NAME_KEPT_MS) return known.name;
      names.delete(id);
      const path = `/v1.0/groups/${encodeURIComponent(id)}?$select=id,displayName`;
      const group = await whereFound(graph.get(path, groupRow), undefined);
      if (group === undefined) return undefined;
      names.set(id, { name: group.displayName, at: elapsed() });
      return group.displayName;
    },
    async membersOf(id) {
      const cast = "transitiveMembers/microsoft.graph.user";
      const path = `/v1.0/groups/${encodeURIComponent(id)}/${cast}?$select=id&$count=true`;
      try {
        const rows = await graph.getAll(path, idRow, index);
        return new Set(rows.map((row) => personId(row.id)));
      } catch (error) {
        // Whether it still exists is asked next, and has to be found out.
        if (error instanceof Fault && error.code === "graph-not-found") names.delete(id);
        throw error;
      }
    },
  };
}

/** https://learn.microsoft.com/graph/api/user-list-transitivememberof */
function memberOf(person: PersonId, kind: "directoryRole" | "group", select: string): string {
  const cast = `transitiveMemberOf/microsoft.graph.${kind}`;
  return `/v1.0/users/${encodeURIComponent(person)}/${cast}?$select=${select}&$count=true`;
}

/** A caller that asks the same while it is being asked gets the same answer. Nothing is kept: roles end at any moment. */
function whileUnderWay<Key, T>(ask: (key: Key) => Promise<T>): (key: Key) => Promise<T> {
  const asking = new Map<Key, Promise<T>>();
  return (key) => {
    const known = asking.get(key);
    if (known !== undefined) return known;
    const answer = ask(key).finally(() => asking.delete(key));
    asking.set(key, answer);
    return answer;
  };
}

/** What does not exist is an answer here, not a fault. */
async function whereFound<T, Otherwise>(reading: Promise<T>, otherwise: Otherwise): Promise<T | Otherwise> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Fault && error.code === "graph-not-found") return otherwise;
    throw error;
  }
}
