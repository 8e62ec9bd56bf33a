import { findUser } from "../tenant/membership.js";
import type { SimUser } from "../tenant/simulated-tenant.js";
import { listAudits } from "./audit-routes.js";
import {
  countUsers,
  existingUser,
  getGroup,
  getUser,
  listGroups,
  listGroupsOf,
  listHolders,
  listOrganizations,
  listRolesOf,
  listUsers,
  listUsersIn,
} from "./directory-routes.js";
import { GraphRefusal } from "./graph-error.js";
import type { GraphAnswer, GraphRequest, GraphWorld } from "./graph-exchange.js";
import { listPasskeys } from "./passkey-routes.js";
import { authorize, NEED, type Need, needToWritePolicy } from "./permissions.js";
import { getPolicy, patchPolicy } from "./policy/policy-routes.js";
import { listRegistrations } from "./report-routes.js";
import { listCombinations, listStrengths } from "./strength-routes.js";

type Answer = (world: GraphWorld, request: GraphRequest, id: string) => GraphAnswer;
interface Route {
  readonly method: string;
  /** Segments are compared without regard to case, as Graph does. */
  readonly path: RegExp;
  readonly answer: Answer;
}

/** The policy itself, or the same thing through the root singleton. */
const POLICY =
  /^(?:\/policies)?\/authenticationMethodsPolicy\/authenticationMethodConfigurations(?:\/fido2|\('fido2'\))$/i;

const ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: /^\/policies\/authenticationStrengthPolicies$/i,
    answer: guarded(NEED.readStrengths, listStrengths),
  },
  {
    method: "GET",
    path: /^\/policies\/authenticationStrengthPolicies\/([^/]+)\/combinationConfigurations$/i,
    answer: guarded(NEED.readStrengths, listCombinations),
  },
  { method: "GET", path: POLICY, answer: guarded(NEED.readPolicy, getPolicy) },
  {
    method: "PATCH",
    path: POLICY,
    answer: (world, request) => {
      authorize(world, request.caller, needToWritePolicy(world));
      return patchPolicy(world, request);
    },
  },
  {
    method: "GET",
    path: /^\/reports\/authenticationMethods\/userRegistrationDetails$/i,
    answer: guarded(NEED.readReport, listRegistrations),
  },
  { method: "GET", path: /^\/auditLogs\/directoryAudits$/i, answer: guarded(NEED.readReport, listAudits) },
  { method: "GET", path: /^\/users$/i, answer: guarded(NEED.readUsers, listUsers) },
  { method: "GET", path: /^\/users\/\$count$/i, answer: guarded(NEED.readUsers, countUsers) },
  { method: "GET", path: /^\/users\/([^/]+)$/i, answer: aboutUser(NEED.readUser, getUser) },
  {
    method: "GET",
    path: /^\/users\/([^/]+)\/authentication\/fido2Methods$/i,
    answer: aboutUser(NEED.readPasskeys, listPasskeys),
  },
  {
    method: "GET",
    path: /^\/users\/([^/]+)\/transitiveMemberOf\/microsoft\.graph\.directoryRole$/i,
    answer: aboutUser(NEED.readMemberships, listRolesOf),
  },
  {
    method: "GET",
    path: /^\/users\/([^/]+)\/transitiveMemberOf\/microsoft\.graph\.group$/i,
    answer: aboutUser(NEED.readMemberships, listGroupsOf),
  },
  { method: "GET", path: /^\/me$/i, answer: aboutMe(NEED.readMe, getUser) },
  {
    method: "GET",
    path: /^\/me\/transitiveMemberOf\/microsoft\.graph\.directoryRole$/i,
    answer: aboutMe(NEED.readOwnMemberships, listRolesOf),
  },
  { method: "GET", path: /^\/organization$/i, answer: guarded(NEED.readOrganization, listOrganizations) },
  {
    method: "GET",
    path: /^\/directoryRoles\(roleTemplateId='([^']+)'\)\/members$/i,
    answer: guarded(NEED.readRoles, listHolders),
  },
  { method: "GET", path: /^\/groups$/i, answer: guarded(NEED.readGroups, listGroups) },
  { method: "GET", path: /^\/groups\/([^/]+)$/i, answer: guarded(NEED.readGroups, getGroup) },
  {
    method: "GET",
    path: /^\/groups\/([^/]+)\/transitiveMembers\/microsoft\.graph\.user$/i,
    answer: guarded(NEED.readGroups, listUsersIn),
  },
];

function guarded(need: Need, answer: Answer): Answer {
  return (world, request, id) => {
    authorize(world, request.caller, need);
    return answer(world, request, id);
  };
}

type AnswerAbout = (world: GraphWorld, request: GraphRequest, user: SimUser) => GraphAnswer;

/** Rights are asked before existence: who may not read a person does not learn that there is none. */
function aboutUser(need: Need, answer: AnswerAbout): Answer {
  return (world, request, id) => {
    authorize(world, request.caller, need, findUser(world.tenant, id)?.id);
    return answer(world, request, existingUser(world, id));
  };
}

function aboutMe(need: Need, answer: AnswerAbout): Answer {
  return (world, request) => {
    authorize(world, request.caller, need);
    if (request.caller.kind === "app")
      throw new Error("authorize() lets no app pass where none is supported");
    return answer(world, request, request.caller.person);
  };
}

/** Finds the route and lets it answer. @throws GraphRefusal */
export function answerRoute(world: GraphWorld, request: GraphRequest): GraphAnswer {
  const here = ROUTES.filter((route) => route.path.test(request.path));
  if (here.length === 0) {
    throw new GraphRefusal(
      400,
      "BadRequest",
      `Resource not found for the segment '${request.path.slice(1)}'.`,
    );
  }
  const route = here.find(({ method }) => method === request.method);
  if (route === undefined) {
    throw new GraphRefusal(405, "Request_BadRequest", `Method ${request.method} is not allowed here.`);
  }
  return route.answer(world, request, route.path.exec(request.path)?.[1] ?? "");
}
