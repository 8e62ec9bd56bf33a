import { Fault } from "../core/errors.js";
import { groupId, type PersonId, personId } from "../core/person.js";
import type { Directory } from "../core/ports.js";
import { type AppGraph, BY_INDEX } from "./app-graph.js";
import { directoryRoleRow, groupRow, idRow } from "./wire.js";

/** Looks up people, groups and roles. Roles are those held actively: PIM's eligible ones are not in the answer. */
export function directory(graph: AppGraph): Directory {
  const index = { headers: BY_INDEX };
  return {
    async activeRoles(person) {
      const path = memberOf(person, "directoryRole", "displayName,roleTemplateId");
      const rows = await whereFound(graph.getAll(path, directoryRoleRow, index), []);
      return rows.map((row) => ({
        templateId: row.roleTemplateId.toLowerCase(),
        name: row.displayName ?? row.roleTemplateId,
      }));
    },
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
      const path = `/v1.0/groups/${encodeURIComponent(id)}?$select=id,displayName`;
      const group = await whereFound(graph.get(path, groupRow), undefined);
      return group?.displayName;
    },
    async membersOf(id) {
      const cast = "transitiveMembers/microsoft.graph.user";
      const path = `/v1.0/groups/${encodeURIComponent(id)}/${cast}?$select=id&$count=true`;
      const rows = await graph.getAll(path, idRow, index);
      return new Set(rows.map((row) => personId(row.id)));
    },
  };
}

/** https://learn.microsoft.com/graph/api/user-list-transitivememberof */
function memberOf(person: PersonId, kind: "directoryRole" | "group", select: string): string {
  const cast = `transitiveMemberOf/microsoft.graph.${kind}`;
  return `/v1.0/users/${encodeURIComponent(person)}/${cast}?$select=${select}&$count=true`;
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
