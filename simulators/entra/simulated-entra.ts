import type { IncomingMessage, ServerResponse } from "node:http";
import type { Certificates } from "../http/certificates.js";
import type { Hold } from "../http/hold.js";
import { readBody, startLoopbackServer } from "../http/loopback-server.js";
import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import { CHANNEL_ISSUER, type ChannelTokenOptions, ChannelTokens } from "./channel-tokens.js";
import { type DeviceCodeOptions, DeviceCodes } from "./device-codes.js";
import { Discovery } from "./discovery.js";
import { type EntraReadings, EntraRefusal, errorAnswer, USUAL_ENTRA_READINGS } from "./entra-error.js";
import { EntraFaultBoard } from "./entra-faults.js";
import { InteractiveSignIn } from "./interactive/interactive-sign-in.js";
import { answerAuthorize } from "./interactive/sign-in-http.js";
import { SignInRules } from "./interactive/sign-in-rules.js";
import { type Claims, type KeyMaker, newSigningKey } from "./json-web-token.js";
import { IDENTITY_HEADER, identityToken } from "./managed-identity.js";
import { issueSsoToken, type SsoTokenOptions } from "./person-tokens.js";
import { TokenAuthority, type TokenVerdict } from "./token-authority.js";
import { answerTokenRequest, type TokenOutcome } from "./token-endpoint.js";

export interface EntraOptions {
  readonly tenant: SimulatedTenant;
  /** With what makes its keys, where it is not to make them itself. */
  readonly certificates: Certificates & Partial<KeyMaker>;
  /** Any free port when left out. */
  readonly port?: number;
  readonly hostname?: string | undefined;
  readonly readings?: Partial<EntraReadings>;
  readonly deviceCode?: DeviceCodeOptions;
  /** Each request is dealt with when this resolves. */
  readonly hold?: Hold | undefined;
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
  readonly discovery: Pick<Discovery, "requests" | "down">;
  /** What is demanded of people who sign in, and where a browser may be sent back to. */
  readonly signInRules: SignInRules;
  /** Sign-in on another device: what a person does in its browser. */
  readonly deviceCodes: Pick<DeviceCodes, "pending" | "approve" | "decline" | "expire">;
  /** Answers `/authorize` for another server, where a browser would not trust this one's certificate. */
  authorizeElsewhere(
    request: IncomingMessage,
    response: ServerResponse,
    route: (location: string) => string,
  ): Promise<void>;
  /** Requests for a code, by browsers that the app sent. */
  readonly authorizeRequests: InteractiveSignIn["requests"];
  readonly tokenRequests: readonly TokenRequestRecord[];
  /** Every token and secret ever handed out, to look for where none may be. */
  readonly issued: ReadonlySet<string>;
  /** What Teams' service puts on an activity, or a forgery of it. */
  issueChannelToken(options: ChannelTokenOptions): Promise<string>;
  /** The channel signs with new keys, and publishes no others. */
  changeChannelKeys(): Promise<void>;
  /** What the Teams client sends in `value.authentication.token`. @throws when the tenant has no such person */
  issueSsoToken(personId: string, options?: SsoTokenOptions): Promise<string>;
  /** The claims of a token signed by this tenant and valid now; says nothing about its audience. */
  verify(token: string): Promise<Claims | undefined>;
  /** The same with the reason, when it is not accepted. */
  examine(token: string): Promise<TokenVerdict>;
  close(): Promise<void>;
}

/** Starts a simulated Microsoft Entra for one tenant: discovery, keys, and the token endpoint. */
export async function startEntra(options: EntraOptions): Promise<SimulatedEntra> {
  const { tenant, certificates, port, hostname } = options;
  const readings = { ...USUAL_ENTRA_READINGS, ...options.readings };
  const keys: KeyMaker = { newSigningKey, ...certificates };
  const authority = await TokenAuthority.create(keys);
  const channelTokens = new ChannelTokens(authority, tenant.clientId, keys);
  const faults = new EntraFaultBoard();
  const tokenRequests: TokenRequestRecord[] = [];
  authority.noteSecret(tenant.clientSecret);
  const rules = new SignInRules(tenant);
  const signIn = new InteractiveSignIn({ tenant, authority, rules });
  const deviceCodes = new DeviceCodes(tenant, rules, authority, options.deviceCode);

  const discovery = new Discovery({ tenant, authority, channelTokens, url: () => server.url });

  async function answerToken(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(request));
    const outcome = await answerTokenRequest(
      { tenant, authority, faults, rules, codes: signIn.codes, deviceCodes, url: server.url },
      form,
    );
    tokenRequests.push(recordOf(form, outcome));
    const { result } = outcome;
    if (faults.rewrite !== undefined && result.kind !== "spoiled") {
      const usual =
        result.kind === "token"
          ? { status: 200, ...result }
          : errorAnswer(result.refusal, readings, undefined);
      const { text, status = usual.status } = faults.rewrite(JSON.stringify(usual.body), outcome.grant);
      response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(text);
      return;
    }
    if (result.kind === "token") return send(response, 200, result.body);
    if (result.kind === "refused") return refuse(request, response, result.refusal);
    if (result.fault === "drop") request.socket.destroy();
    if (result.fault === "garbage") {
      response.writeHead(200, { "Content-Type": "text/html" }).end("<html>Sign in to your account</html>");
    }
  }

  async function answerDeviceCode(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(request));
    try {
      return send(response, 200, deviceCodes.begin(form));
    } catch (problem) {
      if (!(problem instanceof EntraRefusal)) throw problem;
      return refuse(request, response, problem);
    }
  }

  function refuse(request: IncomingMessage, response: ServerResponse, refusal: EntraRefusal): void {
    const correlation = request.headers["client-request-id"];
    const { status, headers, body } = errorAnswer(refusal, readings, correlation?.toString());
    send(response, status, body, headers);
  }

  async function answerIdentity(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const query = new URL(request.url ?? "/", server.url).searchParams;
    const header = request.headers["x-identity-header"]?.toString();
    const token = await identityToken(query, header, { tenant, authority, url: server.url });
    if (token !== undefined) return send(response, 200, token);
    return send(response, 400, { statusCode: 400, message: "No managed identity was found." });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", server.url);
    const path = pathname.slice(1);
    await options.hold?.(`${request.method} ${pathname}`);
    if (request.method === "GET" && path === "msi/token") return answerIdentity(request, response);
    const ofChannel = request.method === "GET" ? discovery.ofChannel(path) : undefined;
    if (ofChannel !== undefined) return send(response, 200, await ofChannel);
    const [tenantName = "", ...rest] = path.split("/");
    return answerForTenant(tenantName, rest.join("/"), request, response);
  }

  /** Paths below `/{tenant}`; those of other tenants are refused as Entra refuses them. */
  async function answerForTenant(
    tenantName: string,
    path: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const isToken = request.method === "POST" && path === "oauth2/v2.0/token";
    const document = request.method === "GET" ? discovery.ofTenant(path) : undefined;
    const isAuthorize = path === "oauth2/v2.0/authorize";
    const isDevice = request.method === "POST" && path === "oauth2/v2.0/devicecode";
    if (!isToken && !isAuthorize && !isDevice && document === undefined)
      return send(response, 404, { error: "not_found" });
    if (tenantName.toLowerCase() !== tenant.tenantId) {
      return refuse(request, response, new EntraRefusal(90002, `'${tenantName}'`));
    }
    if (isAuthorize) return answerAuthorize(signIn, request, response);
    if (isDevice) return answerDeviceCode(request, response);
    if (document === undefined) return answerToken(request, response);
    if (discovery.down) return send(response, 503, { error: "temporarily_unavailable" });
    return send(response, 200, await document);
  }

  const server = await startLoopbackServer({ certificates, port, hostname, answer });
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
    discovery,
    signInRules: rules,
    deviceCodes,
    authorizeRequests: signIn.requests,
    authorizeElsewhere: (request, response, route) => answerAuthorize(signIn, request, response, route),
    tokenRequests,
    issued: authority.issued,
    issueChannelToken: (tokenOptions) => channelTokens.issue(tokenOptions),
    changeChannelKeys: () => channelTokens.changeKeys(),
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
