import type { IncomingMessage, ServerResponse } from "node:http";
import type { Certificates } from "../http/certificates.js";
import { readBody, startLoopbackServer } from "../http/loopback-server.js";
import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { CHANNEL_ISSUER, type ChannelTokenOptions, ChannelTokens } from "./channel-tokens.js";
import { EXCHANGE_AUDIENCE } from "./client-authentication.js";
import { type EntraReadings, EntraRefusal, errorAnswer, USUAL_ENTRA_READINGS } from "./entra-error.js";
import { EntraFaultBoard } from "./entra-faults.js";
import { type Claims, publicJwk, type Signing } from "./json-web-token.js";
import { issuerOf, ssoClaims } from "./person-tokens.js";
import { TokenAuthority, type TokenVerdict } from "./token-authority.js";
import { answerTokenRequest, type TokenOutcome } from "./token-endpoint.js";

export interface EntraOptions {
  readonly tenant: SimulatedTenant;
  readonly certificates: Certificates;
  /** Any free port when left out. */
  readonly port?: number;
  readonly readings?: Partial<EntraReadings>;
}

export interface SsoTokenOptions {
  /** v2 (the default) names the tenant's v2.0 issuer and the client id; v1 names sts.windows.net and the APP_ID_URI. */
  readonly version?: "v1" | "v2";
  readonly audience?: string;
  readonly issuer?: string;
  readonly tenantId?: string;
  readonly oid?: string;
  /** Seconds from now; negative: expired already. */
  readonly expiresIn?: number;
  /** Seconds from now until the token becomes valid. */
  readonly validFrom?: number;
  readonly signing?: Signing;
  readonly claims?: Claims;
}

/** One request at the token endpoint. Holds no secret and no token. */
interface TokenRequestRecord {
  readonly at: string;
  readonly grant: TokenOutcome["grant"];
  readonly scope: string;
  readonly clientId: string;
  /** How the app proved itself; undefined when it did not get that far. */
  readonly credential: TokenOutcome["credential"];
  /** Whose token was presented. */
  readonly person: string | undefined;
  /** `granted`, `AADSTSnnnnn`, or the fault of the transport that struck. */
  readonly result: string;
}

export interface SimulatedEntra {
  /** `https://localhost:PORT`: the value for AUTHORITY_HOST. */
  readonly url: string;
  /** Where a bot verifies what the channel signed. */
  readonly channel: { readonly openIdMetadataUrl: string; readonly issuer: typeof CHANNEL_ISSUER };
  /** An App Service style endpoint that hands out the managed identity's token (IDENTITY_ENDPOINT, IDENTITY_HEADER). */
  readonly managedIdentity: { readonly endpoint: string; readonly header: string; readonly clientId: string };
  readonly faults: EntraFaultBoard;
  readonly tokenRequests: readonly TokenRequestRecord[];
  /** Every token and secret ever handed out, to look for where none may be. */
  readonly issued: ReadonlySet<string>;
  /** What Teams' service puts on an activity, or a forgery of it. */
  issueChannelToken(options: ChannelTokenOptions): Promise<string>;
  /** What the Teams client sends in `value.authentication.token`. @throws when the tenant has no such person */
  issueSsoToken(personId: string, options?: SsoTokenOptions): Promise<string>;
  /** The claims of a token signed by this tenant and valid now; says nothing about its audience. */
  verify(token: string): Promise<Claims | undefined>;
  /** The same with the reason, when it is not accepted. */
  examine(token: string): Promise<TokenVerdict>;
  close(): Promise<void>;
}

const IDENTITY_HEADER = "sandbox-identity-header";

/** Starts a simulated Microsoft Entra for one tenant: discovery, keys, and the token endpoint. */
export async function startEntra(options: EntraOptions): Promise<SimulatedEntra> {
  const { tenant, certificates, port } = options;
  const readings = { ...USUAL_ENTRA_READINGS, ...options.readings };
  const authority = await TokenAuthority.create();
  const ownKeys = { keys: [await publicJwk(authority.key)] };
  const channelTokens = new ChannelTokens(authority, tenant.clientId);
  const faults = new EntraFaultBoard();
  const tokenRequests: TokenRequestRecord[] = [];
  authority.noteSecret(tenant.clientSecret);

  const metadata = (version: "v1" | "v2") => {
    const base = `${server.url}/${tenant.tenantId}`;
    const path = version === "v2" ? "v2.0/" : "";
    return {
      issuer: issuerOf(version, server.url, tenant.tenantId),
      authorization_endpoint: `${base}/oauth2/${path}authorize`,
      token_endpoint: `${base}/oauth2/${path}token`,
      jwks_uri: `${base}/discovery/${path}keys`,
      response_types_supported: ["code", "id_token"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
    };
  };

  async function answerToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(request));
    const outcome = await answerTokenRequest({ tenant, authority, faults, url: server.url }, form);
    tokenRequests.push(recordOf(form, outcome));
    const { result } = outcome;
    if (result.kind === "token") return send(response, 200, result.body);
    if (result.kind === "refused") return refuse(request, response, result.refusal);
    if (result.fault === "drop") request.socket.destroy();
    if (result.fault === "garbage") {
      response.writeHead(200, { "Content-Type": "text/html" }).end("<html>Sign in to your account</html>");
    }
  }

  function refuse(request: IncomingMessage, response: ServerResponse, refusal: EntraRefusal): void {
    const correlation = request.headers["client-request-id"];
    const { status, headers, body } = errorAnswer(refusal, readings, correlation?.toString());
    send(response, status, body, headers);
  }

  async function answerIdentity(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = new URL(request.url ?? "/", server.url).searchParams;
    const known = query.get("client_id") === tenant.managedIdentity.clientId;
    if (request.headers["x-identity-header"] !== IDENTITY_HEADER || !known) {
      return send(response, 400, { statusCode: 400, message: "No managed identity was found." });
    }
    const aud = (query.get("resource") ?? "").replace(/\/\.default$/, "");
    const access_token = await authority.issue({
      iss: issuerOf("v2", server.url, tenant.tenantId),
      aud: aud === "" ? EXCHANGE_AUDIENCE : aud,
      sub: tenant.managedIdentity.principalId,
      oid: tenant.managedIdentity.principalId,
      tid: tenant.tenantId,
    });
    const expires_on = String(Math.floor(Date.now() / 1000) + 3599);
    return send(response, 200, { access_token, expires_on, resource: aud, token_type: "Bearer" });
  }

  /** Paths below `/{tenant}`; those of other tenants are refused as Entra refuses them. */
  const tenantRoutes: Record<string, (request: IncomingMessage, response: ServerResponse) => unknown> = {
    "GET v2.0/.well-known/openid-configuration": (_, response) => send(response, 200, metadata("v2")),
    "GET .well-known/openid-configuration": (_, response) => send(response, 200, metadata("v1")),
    "GET discovery/v2.0/keys": (_, response) => send(response, 200, ownKeys),
    "GET discovery/keys": (_, response) => send(response, 200, ownKeys),
    "POST oauth2/v2.0/token": answerToken,
  };
  const plainRoutes: typeof tenantRoutes = {
    "GET botframework/v1/.well-known/openidconfiguration": (_, response) =>
      send(response, 200, {
        issuer: CHANNEL_ISSUER,
        jwks_uri: `${server.url}/botframework/v1/.well-known/keys`,
        id_token_signing_alg_values_supported: ["RS256"],
      }),
    "GET botframework/v1/.well-known/keys": async (_, response) =>
      send(response, 200, await channelTokens.keySet()),
    "GET msi/token": answerIdentity,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", server.url);
    const path = pathname.slice(1);
    const plain = plainRoutes[`${request.method} ${path}`];
    if (plain !== undefined) return void (await plain(request, response));
    const [tenantName = "", ...rest] = path.split("/");
    const route = tenantRoutes[`${request.method} ${rest.join("/")}`];
    if (route === undefined) return send(response, 404, { error: "not_found" });
    if (tenantName.toLowerCase() !== tenant.tenantId) {
      return refuse(request, response, new EntraRefusal(90002, `'${tenantName}'`));
    }
    await route(request, response);
  }

  const server = await startLoopbackServer({ certificates, port, answer });
  return {
    url: server.url,
    channel: {
      openIdMetadataUrl: `${server.url}/botframework/v1/.well-known/openidconfiguration`,
      issuer: CHANNEL_ISSUER,
    },
    managedIdentity: {
      endpoint: `${server.url}/msi/token`,
      header: IDENTITY_HEADER,
      clientId: tenant.managedIdentity.clientId,
    },
    faults,
    tokenRequests,
    issued: authority.issued,
    issueChannelToken: (tokenOptions) => channelTokens.issue(tokenOptions),
    issueSsoToken: (personId, tokenOptions = {}) =>
      issueSsoToken(tenant, authority, server.url, personId, tokenOptions),
    verify: async (token) => {
      const verdict = await authority.examine(token);
      return verdict.kind === "good" ? verdict.claims : undefined;
    },
    examine: (token) => authority.examine(token),
    close: () => server.close(),
  };
}

function issueSsoToken(
  tenant: SimulatedTenant,
  authority: TokenAuthority,
  url: string,
  personId: string,
  options: SsoTokenOptions,
): Promise<string> {
  const person = tenant.users.get(personId);
  if (person === undefined) throw new Error(`the simulated tenant has nobody with id ${personId}`);
  const claims = {
    ...ssoClaims(tenant, person, url, options.version ?? "v2"),
    ...(options.audience === undefined ? {} : { aud: options.audience }),
    ...(options.issuer === undefined ? {} : { iss: options.issuer }),
    ...(options.tenantId === undefined ? {} : { tid: options.tenantId }),
    ...(options.oid === undefined ? {} : { oid: options.oid }),
    ...options.claims,
  };
  const life = { expiresIn: options.expiresIn, validFrom: options.validFrom };
  return authority.issue(claims, life, options.signing);
}

function recordOf(
  form: URLSearchParams,
  { grant, credential, person, result }: TokenOutcome,
): TokenRequestRecord {
  return {
    at: new Date().toISOString(),
    grant,
    scope: form.get("scope") ?? "",
    clientId: form.get("client_id") ?? "",
    credential,
    person,
    result:
      result.kind === "token"
        ? "granted"
        : result.kind === "refused"
          ? `AADSTS${result.refusal.code}`
          : result.fault,
  };
}

function send(
  response: ServerResponse,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8", ...headers });
  response.end(JSON.stringify(body));
}
