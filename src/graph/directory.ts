import type { z } from "zod";
import { BoundedMap } from "../async/bounded-map.js";
import { Fault } from "../core/errors.js";
import { type GroupId, groupId, type Person, type PersonId, personId } from "../core/person.js";
import type { Group } from "../core/policy/group.js";
import type { GroupRef } from "../core/policy/intent.js";
import type { Members } from "../core/policy/who-may-use.js";
import type { Directory } from "../core/ports.js";
import { type AppGraph, BY_INDEX } from "./app-graph.js";
import { accountsById } from "./people/look-up-people.js";
import {
  countedPage,
  directoryRoleRow,
  groupNameRow,
  groupRow,
  idRow,
  memberRow,
  orOdd,
  readable,
  signInNameRow,
  userRow,
  userTypeRow,
} from "./wire.js";

/** How long a group's name and kind are shown before it is looked up again: they are for cards, nothing is decided by them. */
const GROUP_KEPT_MS = 60_000;
/** The same of how many people are in it, which changes more often; Graph's own index is further behind. */
const COUNT_KEPT_MS = 5_000;
/** More than any policy names. */
const GROUPS_KEPT = 500;
const GROUP_MEMBERS =
  "id,displayName,securityEnabled,mailEnabled,groupTypes,mail,description,createdDateTime";

/** More people of one name than a person chooses among. */
const PEOPLE_FOUND = 25;

/** Pages of all groups, and the time until no more are asked for: a person waits. */
const LISTED_PAGES = 20;
const LISTED_WITHIN_MS = 6_000;

/**
 * Looks up people, groups and roles. Roles are those held actively: PIM's eligible ones are not in the answer.
 * @param elapsed milliseconds since some moment in the past
 */
export function directory(graph: AppGraph, elapsed = () => performance.now()): Directory {
  const index = { headers: BY_INDEX };
  const groups = new BoundedMap<GroupId, { readonly group: Group; readonly at: number }>(GROUPS_KEPT);
  async function membersOf(id: GroupId): Promise<Members> {
    const path = `${groupPath(id)}/${USERS_IN}?$select=id,userType&$count=true&$top=${MEMBERS_A_PAGE}`;
    try {
      const rows = await graph.getAll(path, userTypeRow, index);
      const guests = rows.filter(({ userType }) => userType?.toLowerCase() === "guest");
      return Object.assign(new Set(rows.map((row) => personId(row.id))), {
        guests: new Set(guests.map((row) => personId(row.id))),
      });
    } catch (error) {
      // Whether it still exists is asked next, and has to be found out.
      if (error instanceof Fault && error.code === "graph-not-found") groups.delete(id);
      throw error;
    }
  }

  async function holdersOf(templateId: string): Promise<ReadonlySet<PersonId>> {
    // A role that was never given in the tenant is not there to be read: no person holds it.
    const members = await whereFound(graph.getAll(holdersPath(templateId), memberRow), []);
    const isGroup = (row: z.infer<typeof memberRow>) => row["@odata.type"] === GROUP_TYPE;
    const people = members.filter((row) => !isGroup(row)).map((row) => personId(row.id));
    const groups = members.filter(isGroup).map((row) => groupId(row.id));
    const inGroups = await Promise.all(groups.map((id) => whereFound(membersOf(id), [])));
    return new Set([...people, ...inGroups.flatMap((group) => [...group])]);
  }

  return {
    async person(id) {
      const path = `/v1.0/users/${encodeURIComponent(id)}?$select=id,displayName`;
      const row = await whereFound(graph.get(path, userRow), undefined);
      return row && personOf(row);
    },
    async people(ids) {
      const found = (await accountsById(graph, ids)).map(personOf);
      return new Map(found.map((person) => [person.id, person]));
    },
    async signInName(id) {
      const path = `/v1.0/users/${encodeURIComponent(id)}?$select=id,userPrincipalName`;
      const row = await whereFound(graph.get(path, signInNameRow), undefined);
      return row?.userPrincipalName || undefined;
    },
    async peopleNamed(beginning) {
      const text = `'${beginning.replaceAll("'", "''")}'`;
      const filter = `startswith(displayName,${text}) or startswith(userPrincipalName,${text})`;
      const path = `/v1.0/users?$filter=${encodeURIComponent(filter)}&$select=id,displayName&$top=${PEOPLE_FOUND}`;
      const { rows } = readable((await graph.getPage(path, orOdd(userRow))).rows);
      return rows.map(personOf);
    },
    async isMember(id) {
      const path = `/v1.0/users/${encodeURIComponent(id)}?$select=id,userType`;
      const row = await whereFound(graph.get(path, userTypeRow), undefined);
      return row?.userType?.toLowerCase() === "member";
    },
    activeRoles: whileUnderWay(async (person) => {
      const path = memberOf(person, "directoryRole", "displayName,roleTemplateId");
      const rows = await whereFound(graph.getAll(path, directoryRoleRow, index), []);
      return rows.map((row) => ({
        templateId: row.roleTemplateId.toLowerCase(),
        name: row.displayName ?? row.roleTemplateId,
      }));
    }),
    holdersOf,
    async groupsOf(person) {
      const rows = await whereFound(graph.getAll(memberOf(person, "group", "id"), idRow, index), []);
      return new Set(rows.map((row) => groupId(row.id)));
    },
    async groupsNamed(name) {
      const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`);
      const rows = await graph.getAll(`/v1.0/groups?$filter=${filter}&$select=${GROUP_MEMBERS}`, groupRow);
      return rows.filter((row) => row.displayName.toLowerCase() === name.toLowerCase()).map(toGroup);
    },
    async group(id) {
      const known = groups.get(id);
      if (known !== undefined && elapsed() - known.at < GROUP_KEPT_MS) return known.group;
      groups.delete(id);
      const row = await whereFound(
        graph.get(`${groupPath(id)}?$select=${GROUP_MEMBERS}`, groupRow),
        undefined,
      );
      if (row === undefined) return undefined;
      const group = toGroup(row);
      groups.set(id, { group, at: elapsed() });
      return group;
    },
    async allGroups() {
      const from = elapsed();
      const found: GroupRef[] = [];
      let isComplete = true;
      let page = await graph.getPage("/v1.0/groups?$select=id,displayName&$top=999", orOdd(groupNameRow));
      for (let pages = 1; ; pages += 1) {
        const { rows, odd } = readable(page.rows);
        found.push(...rows.map((row) => ({ id: groupId(row.id), name: row.displayName ?? "" })));
        isComplete &&= odd === 0;
        const { next } = page.next;
        if (next === undefined) return { groups: found, isComplete };
        if (pages >= LISTED_PAGES || elapsed() - from > LISTED_WITHIN_MS)
          return { groups: found, isComplete: false };
        page = await graph.getPageAt(next, orOdd(groupNameRow));
      }
    },
    membersOf,
    countMembers: keptFor(COUNT_KEPT_MS, elapsed, async (id) => {
      const path = `${groupPath(id)}/${USERS_IN}?$select=id&$count=true&$top=1`;
      return (await graph.get(path, countedPage, index))["@odata.count"];
    }),
  };
}

function personOf({ id, displayName }: z.infer<typeof userRow>): Person {
  return { id: personId(id), name: displayName || id };
}

/** https://learn.microsoft.com/graph/api/group-list-transitivemembers */
const USERS_IN = "transitiveMembers/microsoft.graph.user";
/** The most there is: each page names the next one, so pages of a group are asked for one after the other. */
const MEMBERS_A_PAGE = 999;

function groupPath(id: GroupId): string {
  return `/v1.0/groups/${encodeURIComponent(id)}`;
}

const GROUP_TYPE = "#microsoft.graph.group";

/** https://learn.microsoft.com/graph/api/directoryrole-list-members */
function holdersPath(templateId: string): string {
  return `/v1.0/directoryRoles(roleTemplateId='${encodeURIComponent(templateId)}')/members?$select=id`;
}

/** A group of Microsoft 365 is `Unified`; it may be security-enabled as well. */
function toGroup(row: z.infer<typeof groupRow>): Group {
  const securityEnabled = row.securityEnabled === true;
  const isUnified = row.groupTypes?.includes("Unified") === true;
  return {
    id: groupId(row.id),
    name: row.displayName,
    kind: isUnified ? "microsoft-365" : securityEnabled ? "security" : "distribution",
    securityEnabled,
    ...(row.mail ? { mail: row.mail } : {}),
    ...(row.description ? { description: row.description } : {}),
    ...(row.createdDateTime ? { createdAt: row.createdDateTime } : {}),
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

/** Asks once in so long about a group, for all callers; what could not be found out is asked anew. */
function keptFor<T>(
  keptMs: number,
  elapsed: () => number,
  ask: (id: GroupId) => Promise<T>,
): (id: GroupId) => Promise<T> {
  const asked = new BoundedMap<GroupId, { readonly answer: Promise<T>; readonly at: number }>(GROUPS_KEPT);
  return (id) => {
    const known = asked.get(id);
    if (known !== undefined && elapsed() - known.at < keptMs) return known.answer;
    const entry = { answer: ask(id), at: elapsed() };
    asked.set(id, entry);
    entry.answer.catch(() => asked.get(id) === entry && asked.delete(id));
    return entry.answer;
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
