import { ROLE } from "../tenant/directory-roles.js";
import { activeRoles } from "../tenant/membership.js";
import { denied, GraphRefusal } from "./graph-error.js";
import type { Caller, GraphWorld } from "./graph-exchange.js";

/** What Graph demands of the caller of one route (documented tables, each route says more where it is defined). */
export interface Need {
  /** Any one of these, for a person. */
  readonly delegated: readonly string[];
  /** Any one of these, for the app itself. Empty: not supported without a person. */
  readonly application: readonly string[];
  /** Any one of these, for a person asking about themselves: then no role is needed. */
  readonly self?: readonly string[];
  /** Any one of these roles, for a person; left out: none needed. */
  readonly roles?: readonly string[];
}

/** Holds by definition whatever another role may do. */
const ALWAYS = ROLE.globalAdministrator;

/** Refuses the caller unless consent *and* role allow it: either alone is not enough (documented). @throws GraphRefusal */
export function authorize(world: GraphWorld, caller: Caller, need: Need, aboutPerson?: string): void {
  if (caller.kind === "app") {
    if (need.application.length === 0) {
      throw new GraphRefusal(
        400,
        "BadRequest",
        "/me request is only valid with delegated authentication flow.",
      );
    }
    if (!holdsAny(caller.permissions, need.application)) throw denied();
    return;
  }
  const isSelf = aboutPerson === caller.person.id;
  if (isSelf && need.self !== undefined && holdsAny(caller.permissions, need.self)) return;
  if (!holdsAny(caller.permissions, need.delegated)) throw denied();
  if (need.roles !== undefined && !holdsAny(rolesOf(world, caller), [...need.roles, ALWAYS])) throw denied();
}

/** Roles that count for this request. */
function rolesOf(world: GraphWorld, caller: Caller & { kind: "person" }): ReadonlySet<string> {
  return new Set(
    world.readings.rolesTakenFrom === "token" ? caller.tokenRoles : activeRoles(world.tenant, caller.person),
  );
}

function holdsAny(held: ReadonlySet<string>, wanted: readonly string[]): boolean {
  return wanted.some((one) => held.has(one));
}

const READ_POLICY = [
  "Policy.Read.AuthenticationMethod",
  "Policy.ReadWrite.AuthenticationMethod",
  "Policy.Read.All",
];
const READ_ANY_PASSKEY = [
  "UserAuthMethod-Passkey.Read.All",
  "UserAuthMethod-Passkey.ReadWrite.All",
  "UserAuthenticationMethod.Read.All",
  "UserAuthenticationMethod.ReadWrite.All",
];
const READ_DIRECTORY = ["Directory.Read.All", "Directory.ReadWrite.All"];
const READ_USERS = ["User.Read.All", "User.ReadWrite.All", ...READ_DIRECTORY];
const READ_GROUPS = ["GroupMember.Read.All", "Group.Read.All", "Group.ReadWrite.All", ...READ_DIRECTORY];
const READ_MEMBERSHIPS = [...new Set([...READ_USERS, ...READ_GROUPS])];
/** With one of these a directory role is shown with its name and template id; else with its id alone. */
export const READ_ROLES = [
  "RoleManagement.Read.Directory",
  "RoleManagement.ReadWrite.Directory",
  ...READ_DIRECTORY,
];
const READ_LOGS = ["AuditLog.Read.All"];

export const NEED = {
  readPolicy: {
    delegated: READ_POLICY,
    application: READ_POLICY,
    roles: [ROLE.globalReader, ROLE.authenticationPolicyAdministrator],
  },
  readStrengths: {
    delegated: [...READ_POLICY, "Policy.ReadWrite.ConditionalAccess"],
    application: [...READ_POLICY, "Policy.ReadWrite.ConditionalAccess"],
    roles: [ROLE.securityReader, ROLE.securityAdministrator, ROLE.globalReader],
  },
  writePolicy: {
    delegated: ["Policy.ReadWrite.AuthenticationMethod"],
    application: ["Policy.ReadWrite.AuthenticationMethod"],
    roles: [ROLE.authenticationPolicyAdministrator],
  },
  readReport: {
    delegated: READ_LOGS,
    application: READ_LOGS,
    roles: [
      ROLE.reportsReader,
      ROLE.securityReader,
      ROLE.securityAdministrator,
      ROLE.securityOperator,
      ROLE.globalReader,
      ROLE.applicationAdministrator,
      ROLE.cloudApplicationAdministrator,
    ],
  },
  readPasskeys: {
    delegated: READ_ANY_PASSKEY,
    application: READ_ANY_PASSKEY,
    self: [...READ_ANY_PASSKEY, "UserAuthMethod-Passkey.Read", "UserAuthenticationMethod.Read"],
    roles: [ROLE.globalReader, ROLE.authenticationAdministrator, ROLE.privilegedAuthenticationAdministrator],
  },
  readUsers: { delegated: READ_USERS, application: READ_USERS },
  readUser: { delegated: READ_USERS, application: READ_USERS, self: ["User.Read", "User.ReadWrite"] },
  readMe: { delegated: ["User.Read", ...READ_USERS], application: [] },
  readMemberships: {
    delegated: READ_MEMBERSHIPS,
    application: READ_MEMBERSHIPS,
    self: ["User.Read", ...READ_MEMBERSHIPS],
  },
  readOwnMemberships: { delegated: ["User.Read", ...READ_MEMBERSHIPS], application: [] },
  readOrganization: {
    delegated: ["User.Read", "Organization.Read.All", ...READ_DIRECTORY],
    application: ["Organization.Read.All", ...READ_DIRECTORY],
  },
  readRoles: {
    delegated: READ_ROLES,
    application: READ_ROLES,
  },
  readGroups: { delegated: READ_GROUPS, application: READ_GROUPS },
} as const satisfies Record<string, Need>;

/** The role list for writing, with the one role whose right is unverified. */
export function needToWritePolicy(world: GraphWorld): Need {
  const { roles, ...rest } = NEED.writePolicy;
  return {
    ...rest,
    roles: world.readings.securityAdministratorMayWrite ? [...roles, ROLE.securityAdministrator] : roles,
  };
}
