import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { afterAll } from "vitest";
import type { ChannelTokenOptions } from "../../simulators/entra/channel-tokens.js";
import type { SsoTokenOptions } from "../../simulators/entra/person-tokens.js";
import { type SimulatedEntra, startEntra } from "../../simulators/entra/simulated-entra.js";
import { closeServer, listenOnLoopback } from "../../simulators/http/listen-on-loopback.js";
import { readBody } from "../../simulators/http/loopback-server.js";
import type { ConnectorRecord } from "../../simulators/teams/connector.js";
import { type SimulatedTeams, startTeams } from "../../simulators/teams/simulated-teams.js";
import { SAMPLE_PEOPLE, sampleTenant } from "../../simulators/tenant/sample-tenant.js";
import type { JsonObject } from "../../src/core/json.js";
import { goOutBy, outbound } from "../../src/outbound/outbound.js";
import type { ActivityHandler } from "../../src/teams/http/http-handler.js";
import { testCertificates } from "../setup/test-certificates.js";

/** As each process of the bot begins; else the way out would be that of the Node which runs the tests. */
goOutBy(outbound(undefined));

export const CLIENT = "dddddddd-0000-4000-8000-000000000001";
export const TENANT = "bbbbbbbb-0000-4000-8000-000000000001";
export const APP_ID_URI = `api://botid-${CLIENT}`;
const SECRET = "the-secret-of-the-bot";

/** An Entra in which nobody has looked for keys yet. */
export async function newEntra(): Promise<SimulatedEntra> {
  const own = { tenantId: TENANT, clientId: CLIENT, clientSecret: SECRET, appIdUri: APP_ID_URI };
  const tenant = { ...sampleTenant({ people: 0 }), ...own };
  const entra = await startEntra({ tenant, certificates: await testCertificates() });
  // The channel's keys are made when they are first needed: that takes seconds on a busy machine, and is no test's time.
  await entra.issueChannelToken({ serviceUrl: undefined });
  return entra;
}

/** Entra is made once a test file: its keys take longer than most tests. */
let made: Promise<SimulatedEntra> | undefined;
afterAll(async () => (await made)?.close());

function entraOfFile(): Promise<SimulatedEntra> {
  made ??= newEntra();
  return made;
}

/** A request the bot made to the connector, which was taken. */
export interface ConnectorCall extends Pick<ConnectorRecord, "method" | "conversation" | "activityId"> {
  readonly authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: a recorded body is looked at with matchers.
  readonly body: any;
}

/** Simulated Teams and Entra, and the bot, which runs in this process, behind a server. */
export class FakeChannel {
  readonly entra: SimulatedEntra;
  teams!: SimulatedTeams;
  #bot: Server | undefined;
  #botUrl = "";
  #botToken: Promise<string> | undefined;

  private constructor(entra: SimulatedEntra) {
    this.entra = entra;
  }

  /** @param own left out: the one that all of a test file share */
  static async start(own?: SimulatedEntra): Promise<FakeChannel> {
    const entra = own ?? (await entraOfFile());
    entra.discovery.down = false;
    const channel = new FakeChannel(entra);
    const tenant = { tenantId: TENANT, clientId: CLIENT };
    channel.teams = await startTeams({
      tenant,
      entra,
      botEndpoint: () => channel.#botUrl,
      messageId: (number) => `message-${number}`,
    });
    return channel;
  }

  /** Puts the bot behind a server that parses JSON, as ours does. */
  async serve(handler: ActivityHandler): Promise<void> {
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      await handler(request, response, async () => {
        const text = await readBody(request);
        return text === "" ? undefined : JSON.parse(text);
      });
    };
    this.#bot = createServer((request, response) => {
      answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    this.#botUrl = await listenOnLoopback(this.#bot, 0);
  }

  async stop(): Promise<void> {
    await Promise.all([this.teams.close(), this.#bot && closeServer(this.#bot)]);
  }

  /** Requests of the bot that were taken. */
  get calls(): readonly ConnectorCall[] {
    return this.teams.requests.filter(({ taken }) => taken);
  }

  posts(conversation?: string): readonly ConnectorCall[] {
    return this.calls.filter(
      (call) => call.method === "POST" && (conversation === undefined || call.conversation === conversation),
    );
  }

  /** What the bot's own requests are signed with. */
  botToken(): Promise<string> {
    this.#botToken ??= this.#askForBotToken();
    return this.#botToken;
  }

  async #askForBotToken(): Promise<string> {
    const form = {
      grant_type: "client_credentials",
      client_id: CLIENT,
      client_secret: SECRET,
      scope: "https://api.botframework.com/.default",
    };
    const body = new URLSearchParams(form);
    const answer = await fetch(`${this.entra.url}/${TENANT}/oauth2/v2.0/token`, { method: "POST", body });
    return ((await answer.json()) as { readonly access_token: string }).access_token;
  }

  /** A token of the channel, with deviations. */
  channelToken(options: Partial<ChannelTokenOptions> = {}): Promise<string> {
    return this.entra.issueChannelToken({ serviceUrl: this.teams.serviceUrl, ...options });
  }

  /** A single sign-on token of the tenant, with deviations. */
  ssoToken(oid: string, options: SsoTokenOptions = {}): Promise<string> {
    return this.entra.issueSsoToken(SAMPLE_PEOPLE.ada.id, { oid, ...options });
  }

  /** Sends an activity to the bot as the channel would, or with the header given; null: with none. */
  async send(
    activity: object,
    authorization?: string | null,
    // biome-ignore lint/suspicious/noExplicitAny: an answer is looked at with matchers.
  ): Promise<{ status: number; body: any; text: string }> {
    const header = authorization === null ? "" : authorization;
    const answer = await this.teams.send(activity as JsonObject, header);
    if (answer.kind === "silent") throw new Error(`the bot did not answer: ${answer.why}`);
    return answer;
  }
}
