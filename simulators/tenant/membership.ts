import type { SimGroup, SimUser, SimulatedTenant } from "./simulated-tenant.js";

/** The user by object id or user principal name, deleted people excluded. */
export function findUser(tenant: SimulatedTenant, idOrName: string): SimUser | undefined {
  const wanted = idOrName.toLowerCase();
  const user = tenant.users.get(wanted) ?? (wanted.includes("@") ? userNamed(tenant, wanted) : undefined);
  return user?.deleted ? undefined : user;
}

function userNamed(tenant: SimulatedTenant, wanted: string): SimUser | undefined {
  for (const user of tenant.users.values()) if (isNamed(user, wanted)) return user;
  return undefined;
}

function isNamed(user: SimUser, wanted: string): boolean {
  return user.userPrincipalName.toLowerCase() === wanted;
}

/** Every group that holds the member: directly, or through groups in groups. */
export function groupsHolding(tenant: SimulatedTenant, memberId: string): SimGroup[] {
  const found = new Set<SimGroup>();
  const queue = [memberId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const group of tenant.groups.values()) {
      if (found.has(group) || !group.members.includes(id)) continue;
      found.add(group);
      queue.push(group.id);
    }
  }
  return [...found];
}

/** Every user in the group, nested groups included, deleted people excluded. */
export function usersIn(tenant: SimulatedTenant, groupId: string): SimUser[] {
  const users = new Set<SimUser>();
  const seen = new Set<string>();
  const queue = [groupId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    for (const member of tenant.groups.get(id)?.members ?? []) {
      const user = tenant.users.get(member);
      if (user === undefined) queue.push(member);
      else if (!user.deleted) users.add(user);
    }
  }
  return [...users];
}

/** Whom and which groups the role is assigned to now, deleted people excluded. */
export function assignedTo(tenant: SimulatedTenant, role: string): (SimUser | SimGroup)[] {
  const people = [...tenant.users.values()].filter((user) => !user.deleted && user.roles.includes(role));
  const groups = [...tenant.groups.values()].filter((group) => group.roles?.includes(role));
  return [...people, ...groups];
}

/** Template ids of the roles the user holds now: their own, and those of role-assignable groups they are directly in. */
export function activeRoles(tenant: SimulatedTenant, user: SimUser): string[] {
  const throughGroups = [...tenant.groups.values()]
    .filter((group) => group.roles !== undefined && group.members.includes(user.id))
    .flatMap((group) => group.roles ?? []);
  return [...new Set([...user.roles, ...throughGroups])];
}
