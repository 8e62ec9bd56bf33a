import { ROLE } from "../tenant/directory-roles.js";
import type { SimPasskey, SimUser, SimulatedTenant } from "../tenant/simulated-tenant.js";
import type { AuditTrail, Writer } from "./audit-trail.js";

/** Who does it: the person themselves, or an administrator for them. */
export interface ChangedBy {
  readonly by?: "user" | "admin";
}

/** What people and their administrators do to a tenant while it is being looked at. Throws when there is no such person or passkey. */
export interface PeopleChanges {
  /** Registered now, whatever the passkey says. Left out, `by` is the person. */
  registerPasskey(userId: string, passkey: Omit<SimPasskey, "createdDateTime">, options?: ChangedBy): void;
  /** Tried, and refused by the policy: nothing is registered. */
  refusePasskey(userId: string, passkey: Omit<SimPasskey, "createdDateTime">): void;
  deletePasskey(userId: string, passkeyId: string, options?: ChangedBy): void;
  /** Soft-deleted, passkeys and all. */
  deleteUser(userId: string): void;
  disableUser(userId: string): void;
  enableUser(userId: string): void;
}

/**
 * Makes each change, and the entry that the directory audit log gets of it.
 * @param changed is called after each
 */
export function peopleChanges(
  tenant: SimulatedTenant,
  audits: AuditTrail,
  changed: () => void,
): PeopleChanges {
  const change = (userId: string, step: (user: SimUser) => void) => {
    step(somebody(tenant, userId));
    changed();
  };
  return {
    registerPasskey: (userId, passkey, options = {}) =>
      change(userId, (user) => {
        const createdDateTime = new Date().toISOString().replace(/\.\d+Z$/, "Z");
        user.passkeys = [...user.passkeys, { ...passkey, createdDateTime }];
        audits.passkeyChanged("registered", user, passkey, writerOf(tenant, user, options));
      }),
    refusePasskey: (userId, passkey) => change(userId, (user) => audits.passkeyRefused(user, passkey)),
    deletePasskey: (userId, passkeyId, options = {}) =>
      change(userId, (user) => {
        const passkey = user.passkeys.find(({ id }) => id === passkeyId);
        if (passkey === undefined) throw new Error(`${userId} has no passkey ${passkeyId}`);
        user.passkeys = user.passkeys.filter(({ id }) => id !== passkeyId);
        audits.passkeyChanged("deleted", user, passkey, writerOf(tenant, user, options));
      }),
    deleteUser: (userId) =>
      change(userId, (user) => {
        user.deleted = true;
        audits.accountChanged("Delete user", user, administrator(tenant));
      }),
    disableUser: (userId) =>
      change(userId, (user) => {
        user.accountEnabled = false;
        audits.accountChanged("Disable account", user, administrator(tenant));
      }),
    enableUser: (userId) =>
      change(userId, (user) => {
        user.accountEnabled = true;
        audits.accountChanged("Enable account", user, administrator(tenant));
      }),
  };
}

function somebody(tenant: SimulatedTenant, userId: string): SimUser {
  const user = tenant.users.get(userId);
  if (user === undefined || user.deleted)
    throw new Error(`the simulated tenant has nobody with id ${userId}`);
  return user;
}

function writerOf(tenant: SimulatedTenant, user: SimUser, { by = "user" }: ChangedBy): Writer {
  return by === "admin" ? administrator(tenant) : { kind: "person", person: user, ipAddress: "203.0.113.40" };
}

const MAY_CHANGE_PEOPLE: readonly string[] = [ROLE.authenticationAdministrator, ROLE.globalAdministrator];

/** Somebody who may: the first one in the tenant. */
function administrator(tenant: SimulatedTenant): Writer {
  for (const person of tenant.users.values()) {
    if (person.roles.some((role) => MAY_CHANGE_PEOPLE.includes(role))) {
      return { kind: "person", person, ipAddress: "203.0.113.20" };
    }
  }
  throw new Error("the simulated tenant has no administrator");
}
