import { createServer } from "node:http";
import type { JsonObject } from "../../src/core/json.js";
import type { SimulatedEntra } from "../entra/simulated-entra.js";
import { answerJson, objectIn, textIn } from "../http/json-over-http.js";
import { closeServer, listenOnLoopback } from "../http/listen-on-loopback.js";
import type { SimulatedTenant } from "../tenant/simulated-tenant.js";
import type { Envelope } from "./activities.js";
import { type BotAnswer, botEndpoint } from "./bot-endpoint.js";
import { botTokens } from "./bot-tokens.js";
import { Connector, type ConnectorOptions, type ConnectorRecord } from "./connector.js";
import { ConnectorFaults } from "./connector-faults.js";
import { Conversations } from "./conversations.js";
import { MessageLog } from "./message-log.js";

export interface TeamsOptions extends Partial<Pick<ConnectorOptions, "observe" | "elsewhere" | "log">> {
  readonly tenant: Pick<SimulatedTenant, "tenantId" | "clientId">;
  readonly entra: Pick<SimulatedEntra, "issueChannelToken" | "verify">;
  /** Tells the bot's messaging endpoint: not asked before something is sent there. */
  readonly botEndpoint: () => string;
  /** false: of messages and requests is only known that they came, as a load of thousands needs it. */
  readonly keepsContents?: boolean;
}

/** Teams as a bot knows it: the activities it sends, and the connector it answers to. */
export interface SimulatedTeams extends Envelope {
  readonly conversations: Conversations;
  readonly messages: MessageLog;
  readonly faults: ConnectorFaults;
  /** All requests to the connector, refused ones included. */
  readonly requests: readonly ConnectorRecord[];
  /**
   * Sends any activity to the bot; signed as Teams' service signs it, or with the Authorization header given. In a
   * conversation that is new the bot counts as installed.
   */
  send(activity: JsonObject, authorization?: string): Promise<BotAnswer>;
  close(): Promise<void>;
}

/** A service URL has a path, in which Teams names the region. */
const SERVICE_PATH = "/emea/";

/** Starts Teams' service for one bot. */
export async function startTeams(options: TeamsOptions): Promise<SimulatedTeams> {
  const { tenant, entra, keepsContents = true, log = () => {} } = options;
  const { tenantId, clientId } = tenant;
  const conversations = new Conversations();
  const messages = new MessageLog(keepsContents);
  const faults = new ConnectorFaults();
  const requests: ConnectorRecord[] = [];
  const connector = new Connector({
    tenantId,
    conversations,
    messages,
    faults,
    isBot: botTokens({ verify: (token) => entra.verify(token), clientId, tenantId }),
    observe: options.observe ?? (() => {}),
    elsewhere: options.elsewhere ?? (() => undefined),
    record: (record) => void (keepsContents && requests.push(record)),
    log,
  });
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    if (!path.startsWith(SERVICE_PATH)) return answerJson(response, 404, { error: { code: "NotFound" } });
    connector.answer(request, response, path.slice(SERVICE_PATH.length)).catch((problem: unknown) => {
      log(`The connector failed: ${String(problem)}`);
      if (!response.headersSent) answerJson(response, 500, { error: { code: "ConnectorError" } });
    });
  });
  const serviceUrl = `${await listenOnLoopback(server, 0)}${SERVICE_PATH}`;
  const deliver = botEndpoint(options.botEndpoint, entra);
  return {
    tenantId,
    clientId,
    serviceUrl,
    conversations,
    messages,
    faults,
    requests,
    send(activity, authorization) {
      noteWhereBotIs(conversations, activity);
      return deliver(activity, authorization);
    },
    close: () => closeServer(server),
  };
}

/** A conversation that is new has the bot in it, or nothing would come from there; later only an installation says so. */
function noteWhereBotIs(conversations: Conversations, activity: JsonObject): void {
  const conversation = objectIn(activity, "conversation");
  const [id, from] = [textIn(conversation, "id"), objectIn(activity, "from")];
  const isNew = !conversations.has(id);
  if (conversation.conversationType === "personal") {
    conversations.addChat(id, [textIn(from, "id"), textIn(from, "aadObjectId")]);
  }
  const installation = activity.type === "installationUpdate" ? activity.action : undefined;
  if (installation === "remove") conversations.uninstall(id);
  else if (installation === "add" || isNew) conversations.install(id);
}
