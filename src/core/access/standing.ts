import { type Refusal, refuse } from "../errors.js";
import { groupId, type PersonId } from "../person.js";
import type { DirectoryRole, Ports, Rules } from "../ports.js";
import { administersOrReads, mayChangePolicy } from "./roles.js";

type Lookup = Pick<Ports, "directory">;

/** Why the person may not talk to the bot; undefined: they may. @throws Fault when it cannot be looked up */
export async function whyNoAccess(
  ports: Lookup,
  rules: Rules,
  person: PersonId,
): Promise<Refusal | undefined> {
  if (await holds(ports, rules.access, person, administersOrReads)) return undefined;
  return refuse({ code: "no-access", byRole: rules.access === undefined });
}

/** Why the person may not approve and reject; undefined: they may. @throws Fault when it cannot be looked up */
export async function whyNotApprover(
  ports: Lookup,
  rules: Rules,
  person: PersonId,
): Promise<Refusal | undefined> {
  for (const approvers of [rules.approvers, ...(rules.furtherApprovers ?? [])]) {
    if (await holds(ports, approvers, person, mayChangePolicy)) continue;
    return refuse({ code: "not-an-approver", required: { by: approvers === undefined ? "roles" : "ids" } });
  }
  return undefined;
}

/** A list of ids, when there is one, replaces the rule by role; an empty list names no person. */
async function holds(
  ports: Lookup,
  ids: readonly string[] | undefined,
  person: PersonId,
  byRole: (roles: readonly DirectoryRole[]) => boolean,
): Promise<boolean> {
  if (ids === undefined) return byRole(await ports.directory.activeRoles(person));
  if (ids.length === 0) return false;
  if (ids.includes(person)) return true;
  const groups = await ports.directory.groupsOf(person);
  return ids.some((id) => groups.has(groupId(id)));
}
