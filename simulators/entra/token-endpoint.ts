import { randomUUID } from "node:crypto";
import { activeRoles } from "../tenant/membership.js";
import type { SimUser, SimulatedTenant } from "../tenant/simulated-tenant.js";
import { authenticateClient, type ClientCredential } from "./client-authentication.js";
import { EntraRefusal } from "./entra-error.js";
import { type EntraFault, type EntraFaultBoard, type Grant, refusalOf } from "./entra-faults.js";
import { decodeToken } from "./json-web-token.js";
import { issuerOf, subjectOf } from "./person-tokens.js";
import type { TokenAuthority } from "./token-authority.js";
import { type AskedScopes, readScopes } from "./token-scopes.js";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

export interface TokenEndpointContext {
  readonly tenant: SimulatedTenant;
  readonly authority: TokenAuthority;
  readonly faults: EntraFaultBoard;
  readonly url: string;
}

export interface TokenOutcome {
  readonly grant: Grant;
  readonly credential?: ClientCredential;
  readonly person?: string;
  readonly result:
    | { readonly kind: "token"; readonly body: Readonly<Record<string, unknown>> }
    | { readonly kind: "refused"; readonly refusal: EntraRefusal }
    /** A fault of the transport strikes instead. */
    | { readonly kind: "spoiled"; readonly fault: EntraFault };
}

/** One request at the token endpoint: what it was, and how it ends. */
export async function answerTokenRequest(
  context: TokenEndpointContext,
  form: URLSearchParams,
): Promise<TokenOutcome> {
  const grant: Grant = form.get("grant_type") === JWT_BEARER ? "on_behalf_of" : "client_credentials";
  const person = grant === "on_behalf_of" ? personNamedIn(form.get("assertion")) : undefined;
  const outcome = { grant, ...(person === undefined ? {} : { person }) };
  try {
    const scopes = readScopes(form.get("scope"));
    const fault = context.faults.strike({ grant, person, resource: scopes?.resource });
    const refusal = fault === undefined ? undefined : refusalOf(fault);
    if (refusal !== undefined) throw refusal;
    if (fault !== undefined) return { ...outcome, result: { kind: "spoiled", fault } };
    const credential = await authenticate(context, form);
    const body = await grantToken(context, form, scopes);
    return { ...outcome, credential, result: { kind: "token", body } };
  } catch (problem) {
    if (!(problem instanceof EntraRefusal)) throw problem;
    return { ...outcome, result: { kind: "refused", refusal: problem } };
  }
}

function authenticate(context: TokenEndpointContext, form: URLSearchParams): Promise<ClientCredential> {
  const { tenant, authority, url } = context;
  return authenticateClient(
    {
      tenant,
      authority,
      tokenEndpoint: `${url}/${tenant.tenantId}/oauth2/v2.0/token`,
      issuer: issuerOf("v2", url, tenant.tenantId),
    },
    form,
  );
}

function grantToken(
  context: TokenEndpointContext,
  form: URLSearchParams,
  scopes: AskedScopes | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  if (scopes === undefined) throw new EntraRefusal(70011, `'${form.get("scope")}'`);
  switch (form.get("grant_type")) {
    case "client_credentials":
      return appToken(context, scopes);
    case JWT_BEARER:
      return delegatedToken(context, form, scopes);
    case null:
      throw new EntraRefusal(900144, "'grant_type'");
    default:
      throw new EntraRefusal(70003, `'${form.get("grant_type")}'`);
  }
}

async function appToken(context: TokenEndpointContext, scopes: AskedScopes) {
  if (!scopes.asDefault || scopes.names.length > 0) throw new EntraRefusal(1002012);
  const { tenant, authority } = context;
  const roles = scopes.api === "graph" ? { roles: [...tenant.consents.application] } : {};
  const access_token = await authority.issue({
    ...commonClaims(context, scopes.resource),
    idtyp: "app",
    sub: tenant.clientId,
    ...roles,
  });
  return { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token };
}

async function delegatedToken(context: TokenEndpointContext, form: URLSearchParams, scopes: AskedScopes) {
  if (form.get("requested_token_use") !== "on_behalf_of") {
    throw new EntraRefusal(900144, "'requested_token_use'");
  }
  const person = await personOf(context, form.get("assertion"));
  if (scopes.api !== "graph") throw new EntraRefusal(500011, scopes.resource);
  const { tenant, authority } = context;
  const consented = tenant.consents.delegated;
  const missing = scopes.names.filter((name) => !consented.has(name));
  if (missing.length > 0 || consented.size === 0) {
    throw new EntraRefusal(65001, `('${tenant.clientId}' named '${tenant.appName}': ${missing.join(" ")})`);
  }
  const scp = (scopes.asDefault ? [...consented] : scopes.names).join(" ");
  const access_token = await authority.issue({
    ...commonClaims(context, scopes.resource),
    idtyp: "user",
    oid: person.id,
    name: person.displayName,
    upn: person.userPrincipalName,
    sub: subjectOf(person.id, scopes.resource),
    ipaddr: "203.0.113.7",
    scp,
    wids: activeRoles(tenant, person),
  });
  const answer = { token_type: "Bearer", scope: scp, expires_in: 3599, ext_expires_in: 3599, access_token };
  if (!scopes.openId.includes("offline_access")) return answer;
  const refresh_token = `0.${randomUUID()}.${randomUUID()}`;
  authority.noteSecret(refresh_token);
  return { ...answer, refresh_token };
}

/** Tokens for Graph and for the channel are of version 1 and name the app in `appid`. */
function commonClaims({ tenant, url }: TokenEndpointContext, resource: string) {
  return {
    aud: resource,
    iss: issuerOf("v1", url, tenant.tenantId),
    appid: tenant.clientId,
    app_displayname: tenant.appName,
    appidacr: "1",
    tid: tenant.tenantId,
    ver: "1.0",
  };
}

/** The person whose valid token for this app is presented. @throws EntraRefusal */
async function personOf(
  { tenant, authority }: TokenEndpointContext,
  assertion: string | null,
): Promise<SimUser> {
  if (assertion === null) throw new EntraRefusal(900144, "'assertion'");
  const verdict = await authority.examine(assertion);
  if (verdict.kind === "bad") {
    throw new EntraRefusal(isAboutTime(verdict.problem) ? 500133 : 50013);
  }
  const { aud, tid, oid, scp, idtyp } = verdict.claims;
  if (aud !== tenant.clientId && aud !== tenant.appIdUri) throw new EntraRefusal(500131, `'${String(aud)}'`);
  if (tid !== tenant.tenantId) throw new EntraRefusal(50020);
  // Only what a person's client was given for this app's own scope can be exchanged.
  if (idtyp === "app" || typeof scp !== "string" || scp === "") throw new EntraRefusal(50013);
  const person = tenant.users.get(String(oid));
  if (person === undefined || person.deleted) throw new EntraRefusal(50034);
  if (!person.accountEnabled) throw new EntraRefusal(50057);
  return person;
}

function isAboutTime(problem: string): boolean {
  return problem === "expired" || problem === "not-yet-valid";
}

/** Whose token it claims to be: to aim a fault at one person before anything is checked. */
function personNamedIn(assertion: string | null): string | undefined {
  const oid = assertion === null ? undefined : decodeToken(assertion)?.claims.oid;
  return typeof oid === "string" ? oid : undefined;
}
