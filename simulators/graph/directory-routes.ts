import { ROLE, roleName } from "../tenant/directory-roles.js";
import { activeRoles, assignedTo, findUser, groupsHolding, usersIn } from "../tenant/membership.js";
import { guidFor } from "../tenant/seeded-random.js";
import type { SimGroup, SimGroupKind, SimUser } from "../tenant/simulated-tenant.js";
import { GraphRefusal, notFound } from "./graph-error.js";
import type { GraphAnswer, GraphRequest, GraphWorld } from "./graph-exchange.js";
import { compileFilter, type Row } from "./odata/odata-filter.js";
import { answerCollection, answerOne, type CollectionOptions, ofRows } from "./odata/odata-page.js";
import { READ_ROLES } from "./permissions.js";

/** Properties of a user that Graph sends unasked (documented); `accountEnabled` and `userType` are not among them. */
const USUAL_USER = [
  "businessPhones",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mobilePhone",
  "officeLocation",
  "preferredLanguage",
  "surname",
  "userPrincipalName",
  "id",
];

const FILTERABLE_USER = {
  id: "text",
  accountEnabled: "boolean",
  userType: "text",
  displayName: "text",
  userPrincipalName: "text",
} as const;

function userRow(user: SimUser): Row {
  const [givenName, ...surname] = user.displayName.split(" ");
  return {
    "@odata.type": "#microsoft.graph.user",
    id: user.id,
    displayName: user.displayName,
    givenName,
    surname: surname.join(" "),
    userPrincipalName: user.userPrincipalName,
    mail: user.userPrincipalName,
    userType: user.userType === "guest" ? "Guest" : "Member",
    accountEnabled: user.accountEnabled,
    businessPhones: [],
    jobTitle: null,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
  };
}

/** https://learn.microsoft.com/graph/api/resources/groups-overview: which kind has which properties. */
function kindRow(kind: SimGroupKind): Row {
  const isTeam = kind === "team" || kind === "secured-team";
  return {
    mailEnabled: kind !== "security",
    securityEnabled: kind !== "team" && kind !== "distribution",
    groupTypes: isTeam ? ["Unified"] : [],
  };
}

const GROUPS_CREATED = "2023-02-06T08:00:00Z";

function groupRow(group: SimGroup): Row {
  const kind = group.kind ?? "security";
  return {
    "@odata.type": "#microsoft.graph.group",
    id: group.id,
    displayName: group.displayName,
    description: group.description ?? null,
    createdDateTime: group.createdDateTime ?? GROUPS_CREATED,
    mail: kind === "security" ? null : `${group.id.slice(0, 8)}@kestrel-marine.example`,
    ...kindRow(kind),
    isAssignableToRole: group.roles !== undefined,
  };
}

/** Listed alone, a resource does not carry its type. */
function untyped({ "@odata.type": _, ...row }: Row): Row {
  return row;
}

/** Of a filter, unless it is an advanced query. https://learn.microsoft.com/graph/filter-query-parameter */
const JOINED_AT_MOST = 15;

function directoryCollection(world: GraphWorld, request: GraphRequest, context: string): CollectionOptions {
  return {
    context,
    pageSize: world.readings.directoryPageSize,
    maxTop: 999,
    selectable: true,
    countable: true,
    ...(isEventual(request) ? {} : { joinedAtMost: JOINED_AT_MOST }),
  };
}

function isEventual({ headers }: GraphRequest): boolean {
  return headers.consistencylevel?.toLowerCase() === "eventual";
}

/** A cast to one type is an advanced query: header and `$count` are required (documented). @throws GraphRefusal */
function refuseSimpleCast(request: GraphRequest): void {
  if (isEventual(request) && request.query.get("$count") === "true") return;
  throw new GraphRefusal(
    400,
    "Request_UnsupportedQuery",
    "The request uses an OData cast and needs the header 'ConsistencyLevel: eventual' and '$count=true'.",
  );
}

/** @throws GraphRefusal 404 */
export function existingUser(world: GraphWorld, idOrName: string): SimUser {
  const user = findUser(world.tenant, idOrName);
  if (user === undefined) throw notFound(idOrName);
  return user;
}

function existingGroup(world: GraphWorld, id: string): SimGroup {
  const group = world.tenant.groups.get(id.toLowerCase());
  if (group === undefined) throw notFound(id);
  return group;
}

export function listUsers(world: GraphWorld, request: GraphRequest): GraphAnswer {
  const people = {
    all: () => [...world.tenant.users.values()].filter((user) => !user.deleted),
    row: (user: SimUser) => untyped(userRow(user)),
  };
  return answerCollection(world, request, people, {
    ...directoryCollection(world, request, "users"),
    filterable: FILTERABLE_USER,
    usual: USUAL_USER,
  });
}

/** The tenant itself, which is the one there is (documented). */
export function listOrganizations(world: GraphWorld, request: GraphRequest): GraphAnswer {
  const { tenantId: id, displayName } = world.tenant;
  return answerCollection(world, request, ofRows([{ id, displayName }]), {
    context: "organization",
    pageSize: world.readings.directoryPageSize,
    selectable: true,
  });
}

/** How many; an advanced query, which needs the header (documented). @throws GraphRefusal */
export function countUsers(world: GraphWorld, request: GraphRequest): GraphAnswer {
  if (!isEventual(request))
    throw new GraphRefusal(400, "Request_BadRequest", "$count is not currently supported.");
  const filter = request.query.get("$filter");
  const matches = filter === null ? () => true : compileFilter(filter, FILTERABLE_USER);
  const people = [...world.tenant.users.values()].filter((user) => !user.deleted);
  return {
    status: 200,
    headers: { "Content-Type": "text/plain" },
    body: people.filter((user) => matches(untyped(userRow(user)))).length,
  };
}

export function getUser(world: GraphWorld, request: GraphRequest, user: SimUser): GraphAnswer {
  return answerOne(world, request, untyped(userRow(user)), { context: "users", usual: USUAL_USER });
}

/** Roles held now. Without a permission for roles an app sees that they exist, not which (documented). */
export function listRolesOf(world: GraphWorld, request: GraphRequest, user: SimUser): GraphAnswer {
  refuseSimpleCast(request);
  const { caller } = request;
  const mayRead = caller.kind === "person" || READ_ROLES.some((one) => caller.permissions.has(one));
  const rows = activeRoles(world.tenant, user).map((templateId) => ({
    "@odata.type": "#microsoft.graph.directoryRole",
    id: guidFor(`role instance ${templateId}`),
    deletedDateTime: null,
    description: null,
    displayName: mayRead ? roleName(templateId) : null,
    roleTemplateId: mayRead ? templateId : null,
  }));
  return answerCollection(
    world,
    request,
    ofRows(rows),
    directoryCollection(world, request, "directoryRoles"),
  );
}

/** The most that come at once: here `$top` is not supported (documented). */
const HOLDERS_A_PAGE = 1_000;

/**
 * Whom the role is assigned to: people, and groups as groups. A role that was never given is not there but for the first
 * administrator's (documented); which ones were given once is not kept here.
 */
export function listHolders(world: GraphWorld, request: GraphRequest, templateId: string): GraphAnswer {
  const role = templateId.toLowerCase();
  const holders = assignedTo(world.tenant, role);
  if (holders.length === 0 && role !== ROLE.globalAdministrator) throw notFound(templateId);
  const row = (holder: SimUser | SimGroup) => ("members" in holder ? groupRow(holder) : userRow(holder));
  return answerCollection(
    world,
    request,
    { all: () => holders, row },
    {
      context: "directoryObjects",
      pageSize: Math.min(HOLDERS_A_PAGE, world.readings.directoryPageSize),
      selectable: true,
    },
  );
}

export function listGroupsOf(world: GraphWorld, request: GraphRequest, user: SimUser): GraphAnswer {
  refuseSimpleCast(request);
  const rows = groupsHolding(world.tenant, user.id).map(groupRow);
  return answerCollection(world, request, ofRows(rows), directoryCollection(world, request, "groups"));
}

export function listGroups(world: GraphWorld, request: GraphRequest): GraphAnswer {
  const rows = [...world.tenant.groups.values()].map(groupRow).map(untyped);
  return answerCollection(world, request, ofRows(rows), {
    ...directoryCollection(world, request, "groups"),
    filterable: { id: "text", displayName: "text" },
  });
}

export function getGroup(world: GraphWorld, request: GraphRequest, id: string): GraphAnswer {
  return answerOne(world, request, untyped(groupRow(existingGroup(world, id))), { context: "groups" });
}

export function listUsersIn(world: GraphWorld, request: GraphRequest, id: string): GraphAnswer {
  const group = existingGroup(world, id);
  refuseSimpleCast(request);
  const rows = usersIn(world.tenant, group.id).map(userRow);
  return answerCollection(world, request, ofRows(rows), {
    ...directoryCollection(world, request, "users"),
    usual: USUAL_USER,
  });
}
