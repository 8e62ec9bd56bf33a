import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import type { ActivityHandler } from "../../src/teams/http/http-handler.js";

export const CLIENT = "dddddddd-0000-4000-8000-000000000001";
export const TENANT = "bbbbbbbb-0000-4000-8000-000000000001";
export const ISSUER = "https://api.botframework.com";
export const APP_ID_URI = `api://botid-${CLIENT}`;

type SigningKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

/** Made once a test file: an RSA key takes longer than most tests. */
let made: ReturnType<typeof makeKeyPairs> | undefined;
function keyPairs(): ReturnType<typeof makeKeyPairs> {
  made ??= makeKeyPairs();
  return made;
}
async function makeKeyPairs() {
  const make = () => generateKeyPair("RS256", { extractable: true });
  const [teams, entra, stranger] = await Promise.all([make(), make(), make()]);
  return { teams, entra, stranger };
}

/** A request the bot made to the channel's connector. */
export interface ConnectorCall {
  readonly method: string;
  readonly conversation: string;
  readonly activityId?: string;
  readonly authorization?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a recorded body is looked at with matchers.
  readonly body: any;
}

/** The channel service and the tenant's token keys on one local port, and the bot on another. */
export class FakeChannel {
  readonly calls: ConnectorCall[] = [];
  /** Statuses for the next connector calls, before they succeed again; "cut": the connection ends without an answer. */
  readonly nextStatuses: {
    readonly status: number | "cut";
    readonly retryAfter?: string;
    /** The call was carried out all the same. */
    readonly taken?: true;
  }[] = [];
  entraKeysDown = false;
  /** Paths of discovery documents and keys, as often as somebody asked for them. */
  readonly keysRead: string[] = [];
  url = "";
  botUrl = "";
  #channelKey!: SigningKey;
  #entraKey!: SigningKey;
  strangerKey!: SigningKey;
  #jwks: Record<string, unknown> = {};
  #lastId = 0;
  readonly #servers: Server[] = [];

  static async start(): Promise<FakeChannel> {
    const channel = new FakeChannel();
    const { teams, entra, stranger } = await keyPairs();
    channel.#channelKey = teams.privateKey;
    channel.#entraKey = entra.privateKey;
    channel.strangerKey = stranger.privateKey;
    channel.#jwks = {
      "/channel-keys": {
        keys: [{ ...(await exportJWK(teams.publicKey)), kid: "teams", endorsements: ["msteams"] }],
      },
      "/entra-keys": { keys: [{ ...(await exportJWK(entra.publicKey)), kid: "entra" }] },
    };
    channel.url = await channel.#listen((request, response) => channel.#answer(request, response));
    return channel;
  }

  /** Puts the bot behind a server that parses JSON, as ours does. */
  async serve(handler: ActivityHandler): Promise<void> {
    this.botUrl = await this.#listen(async (request, response) => {
      const text = await read(request);
      await handler(Object.assign(request, { body: text === "" ? undefined : JSON.parse(text) }), response);
    });
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#servers.map(
        (server) =>
          new Promise((resolve) => {
            server.close(resolve);
            server.closeAllConnections();
          }),
      ),
    );
  }

  /** A token of the channel, with deviations. */
  channelToken(claims: JWTPayload = {}, options: { key?: SigningKey; alg?: string } = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: ISSUER,
      aud: CLIENT,
      serviceurl: this.url,
      nbf: now - 10,
      exp: now + 600,
      ...claims,
    })
      .setProtectedHeader({ alg: options.alg ?? "RS256", kid: "teams" })
      .sign(options.key ?? this.#channelKey);
  }

  /** A single sign-on token of the tenant, with deviations. */
  ssoToken(oid: string, claims: JWTPayload = {}, key: SigningKey = this.#entraKey): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({
      iss: `${this.url}/${TENANT}/v2.0`,
      aud: CLIENT,
      tid: TENANT,
      oid,
      scp: "access_as_user",
      nbf: now - 10,
      exp: now + 600,
      ...claims,
    })
      .setProtectedHeader({ alg: "RS256", kid: "entra" })
      .sign(key);
  }

  /** Sends an activity to the bot as the channel would. */
  async send(
    activity: object,
    authorization?: string | null,
    // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at with matchers.
  ): Promise<{ status: number; body: any; text: string }> {
    const header = authorization === undefined ? `Bearer ${await this.channelToken()}` : authorization;
    const answer = await fetch(this.botUrl, {
      method: "POST",
      headers: { "content-type": "application/json", ...(header === null ? {} : { authorization: header }) },
      body: JSON.stringify(activity),
    });
    const text = await answer.text();
    return { status: answer.status, body: text === "" ? undefined : JSON.parse(text), text };
  }

  posts(conversation?: string): readonly ConnectorCall[] {
    return this.calls.filter(
      (call) => call.method === "POST" && (conversation === undefined || call.conversation === conversation),
    );
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(request.url ?? "");
    if (request.method === "GET") this.keysRead.push(path);
    if (path in this.#jwks) return json(response, 200, this.#jwks[path]);
    if (path === "/channel-openid")
      return json(response, 200, { issuer: ISSUER, jwks_uri: `${this.url}/channel-keys` });
    if (path.endsWith("/.well-known/openid-configuration")) {
      if (this.entraKeysDown) return json(response, 503, {});
      return json(response, 200, { jwks_uri: `${this.url}/entra-keys` });
    }
    await this.#connector(request, response, path);
  }

  async #connector(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const text = await read(request);
    const [, conversation = "", activityId] =
      /^\/v3\/conversations\/([^/]+)\/activities(?:\/([^/]+))?$/.exec(path) ?? [];
    const scripted = this.nextStatuses.shift();
    if (scripted && !scripted.taken) return fail(request, response, scripted);
    this.#lastId += 1;
    this.calls.push({
      method: request.method ?? "",
      conversation,
      ...(activityId === undefined ? {} : { activityId }),
      ...(request.headers.authorization === undefined
        ? {}
        : { authorization: request.headers.authorization }),
      body: text === "" ? undefined : JSON.parse(text),
    });
    if (scripted) return fail(request, response, scripted);
    json(response, 200, { id: activityId ?? `message-${this.#lastId}` });
  }

  async #listen(
    handler: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  ): Promise<string> {
    const server = createServer((request, response) => {
      handler(request, response).catch((error: unknown) => json(response, 500, { error: String(error) }));
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function fail(
  request: IncomingMessage,
  response: ServerResponse,
  { status, retryAfter }: FakeChannel["nextStatuses"][number],
): void {
  if (status === "cut") return void request.socket.destroy();
  if (retryAfter !== undefined) response.setHeader("retry-after", retryAfter);
  json(response, status, { error: { code: "Scripted", message: "as asked" } });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
