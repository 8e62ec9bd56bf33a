import type { SimUser } from "../tenant/simulated-tenant.js";
import { authenticateClient, type ClientCredential } from "./client-authentication.js";
import { commonClaims, delegatedToken, type TokenContext } from "./delegated-token.js";
import type { DeviceCodes } from "./device-codes.js";
import { EntraRefusal } from "./entra-error.js";
import { type EntraFault, type EntraFaultBoard, type Grant, refusalOf } from "./entra-faults.js";
import type { AuthorizationCodes } from "./interactive/authorization-codes.js";
import { tokensForCode } from "./interactive/redeem-code.js";
import { decodeToken } from "./json-web-token.js";
import { issuerOf } from "./person-tokens.js";
import { type AskedScopes, readScopes } from "./token-scopes.js";

const JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

export interface TokenEndpointContext extends TokenContext {
  readonly faults: EntraFaultBoard;
  readonly codes: AuthorizationCodes;
  readonly deviceCodes: DeviceCodes;
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
  const grant = grantOf(form);
  const person = grant === "on_behalf_of" ? personNamedIn(form.get("assertion")) : undefined;
  const outcome = { grant, ...(person === undefined ? {} : { person }) };
  try {
    const scopes = readScopes(form.get("scope"));
    const fault = context.faults.strike({ grant, person, resource: scopes?.resource });
    const refusal = fault === undefined ? undefined : refusalOf(fault);
    if (refusal !== undefined) throw refusal;
    if (fault !== undefined) return { ...outcome, result: { kind: "spoiled", fault } };
    if (grant === "device_code") {
      return { ...outcome, result: { kind: "token", body: await tokensForDevice(context, form) } };
    }
    const credential = await authenticate(context, form);
    const body = await grantToken(context, form, scopes);
    return { ...outcome, credential, result: { kind: "token", body } };
  } catch (problem) {
    if (!(problem instanceof EntraRefusal)) throw problem;
    return { ...outcome, result: { kind: "refused", refusal: problem } };
  }
}

function grantOf(form: URLSearchParams): Grant {
  switch (form.get("grant_type")) {
    case JWT_BEARER:
      return "on_behalf_of";
    case "authorization_code":
      return "authorization_code";
    // The latter is what Microsoft's library sends.
    case "urn:ietf:params:oauth:grant-type:device_code":
    case "device_code":
      return "device_code";
    default:
      return "client_credentials";
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
      return onBehalfOf(context, form, scopes);
    case "authorization_code":
      return tokensForCode(context, form, context.codes.redeem(form));
    case null:
      throw new EntraRefusal(900144, "'grant_type'");
    default:
      throw new EntraRefusal(70003, `'${form.get("grant_type")}'`);
  }
}

/** A public client proves nothing: that a person entered its code is all there is. */
function tokensForDevice(context: TokenEndpointContext, form: URLSearchParams) {
  const { app, person, scopes, at } = context.deviceCodes.redeem(form);
  const claims = { ofAccessToken: [], ofIdToken: [], answersChallenge: false };
  return tokensForCode({ ...context, tenant: { ...context.tenant, ...app } }, form, {
    request: { scopes, claims, nonce: undefined },
    person,
    signedIn: { methods: ["pwd", "mfa"], at },
  });
}

async function appToken(context: TokenEndpointContext, scopes: AskedScopes) {
  if (!scopes.asDefault || scopes.names.length > 0) throw new EntraRefusal(1002012);
  const { tenant, authority } = context;
  // An app may sign in for its own API, when there is one by that name.
  if (scopes.resource.startsWith("api://") && scopes.resource !== tenant.appIdUri)
    throw new EntraRefusal(500011, `'${scopes.resource}'`);
  const roles = scopes.api === "graph" ? { roles: [...tenant.consents.application] } : {};
  const access_token = await authority.issue({
    ...commonClaims(context, scopes.resource),
    idtyp: "app",
    sub: tenant.clientId,
    ...roles,
  });
  return { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token };
}

async function onBehalfOf(context: TokenEndpointContext, form: URLSearchParams, scopes: AskedScopes) {
  if (form.get("requested_token_use") !== "on_behalf_of") {
    throw new EntraRefusal(900144, "'requested_token_use'");
  }
  const person = await personOf(context, form.get("assertion"));
  // Nobody is there to ask for anything more.
  if (context.rules.always === "blocked") throw new EntraRefusal(53003);
  if (context.rules.always !== "none") throw new EntraRefusal(50076);
  return delegatedToken(context, person, scopes);
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
