import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import { answerJson, readJson } from "../../../simulators/http/json-over-http.js";
import { closeServer, listenOnLoopback } from "../../../simulators/http/listen-on-loopback.js";
import { startTeams } from "../../../simulators/teams/simulated-teams.js";
import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";
import type { ChannelPerson } from "./channel-people.js";
import { Chats, groupChatsOf } from "./chats.js";
import { askPlayground, showInWindows } from "./from-bot.js";
import { PlaygroundWindow } from "./playground-window.js";
import { installFor, takeToBot } from "./window-activities.js";

export interface GatewayOptions {
  readonly tenant: Pick<SimulatedTenant, "tenantId" | "clientId" | "appIdUri">;
  readonly entra: Pick<SimulatedEntra, "issueChannelToken" | "issueSsoToken" | "verify" | "signInRules">;
  /** Those who have a window. */
  readonly people: readonly ChannelPerson[];
  /** Tells the bot's messaging endpoint: not asked before a person does something. */
  readonly botEndpoint: () => string;
  /** Where a browser reaches a page that the bot names by its public address. */
  readonly signInPage: (address: string) => string;
  readonly log: (line: string) => void;
}

export interface ChannelGateway {
  /** The service URL that bots are told: one for all conversations, as Teams has one for a region. */
  readonly serviceUrl: string;
  /** What a person's Playground is told to be the bot. */
  endpointOf(key: string): string;
  /** Tells where a person's Playground runs. */
  connect(key: string, playgroundUrl: string): void;
  /** Installs the bot for everybody who has a window. */
  installForEveryone(): Promise<void>;
  close(): Promise<void>;
}

/** What a person may send at once. Teams allows about 28 KB of text; the Playground adds its own. */
const MAX_ACTIVITY_BYTES = 256 * 1024;

/** Stands between each person's Playground and simulated Teams, in both directions. */
export async function startGateway(options: GatewayOptions): Promise<ChannelGateway> {
  const { tenant, entra, people, log } = options;
  const windows = people.map(
    (person) => new PlaygroundWindow(person, () => new URL(options.botEndpoint()).origin),
  );
  const teams = await startTeams({
    tenant,
    entra,
    botEndpoint: options.botEndpoint,
    observe: (event) => showInWindows(event, chats),
    elsewhere: (call) => askPlayground(call, chats),
    log,
  });
  const chats = new Chats(windows, teams.messages);
  for (const { personalChat, teamsId, id } of people)
    teams.conversations.addChat(personalChat, [teamsId, id]);
  for (const groupChat of groupChatsOf(windows)) teams.conversations.add(groupChat);
  const toBot = {
    chats,
    teams,
    appIdUri: tenant.appIdUri,
    signIn: async (personId: string) =>
      entra.signInRules.notSilently.has(personId) ? undefined : entra.issueSsoToken(personId),
    signInPage: options.signInPage,
    log,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const key = /^\/([^/]+)\/api\/messages$/.exec(request.url ?? "")?.[1];
    const window = windows.find(({ person }) => person.key === key);
    if (window === undefined) return answerJson(response, 404, { error: { code: "NotFound" } });
    // The Playground asks with HEAD whether the bot is up before it sends anything.
    if (request.method !== "POST") return answerJson(response, 200, {});
    const read = await readJson(request, MAX_ACTIVITY_BYTES);
    if (read.kind !== "json") return answerJson(response, read.kind === "refused" ? read.status : 400, {});
    const { status, body, afterwards } = await takeToBot(window, read.body, toBot);
    answerJson(response, status, body);
    await afterwards?.();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((problem: unknown) => {
      log(`The channel gateway failed: ${String(problem)}`);
      if (!response.headersSent) answerJson(response, 500, { error: { code: "GatewayError" } });
    });
  });
  const url = await listenOnLoopback(server, 0);
  const windowOf = (key: string): PlaygroundWindow => {
    const window = windows.find(({ person }) => person.key === key);
    if (window === undefined) throw new Error(`nobody called ${key} has a window`);
    return window;
  };
  return {
    serviceUrl: teams.serviceUrl,
    endpointOf: (key) => `${url}/${windowOf(key).person.key}/api/messages`,
    connect: (key, playgroundUrl) => windowOf(key).connect(playgroundUrl),
    installForEveryone: async () => {
      for (const window of windows) await installFor(window, toBot);
    },
    close: async () => {
      await Promise.all([closeServer(server), teams.close()]);
    },
  };
}
