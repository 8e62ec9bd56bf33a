import { createServer, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { SimulatedEntra } from "../entra/simulated-entra.js";
import type { Certificates } from "../http/certificates.js";
import { answerJson } from "../http/json-over-http.js";
import { closeServer, listenOnLoopback } from "../http/listen-on-loopback.js";
import type { Envelope } from "./activities.js";
import { botTokens } from "./bot-tokens.js";
import { Connector, type ConnectorOptions, type ConnectorRecord } from "./connector.js";
import { ConnectorFaults } from "./connector-faults.js";
import { Conversations } from "./conversations.js";
import { MessageLog } from "./message-log.js";

export interface ConnectorServerOptions
  extends Partial<Pick<ConnectorOptions, "observe" | "elsewhere" | "log">>,
    Pick<Envelope, "tenantId" | "clientId">,
    Pick<SimulatedEntra, "verify"> {
  /** false: of messages and requests is only known that they came, as a load of thousands needs it. */
  readonly keepsContents?: boolean;
  /** By which name, and with which certificate for it, the bot finds it; left out: plain http on this machine. */
  readonly secure?: { readonly hostname: string; readonly certificates: Certificates } | undefined;
  /** Names the bot's messages, by their number in the log; else by the time, as Teams does. */
  readonly messageId?: (number: number) => string;
}

/** The service to which one bot sends, and what it keeps. */
export interface ConnectorServer extends Envelope {
  readonly conversations: Conversations;
  readonly messages: MessageLog;
  readonly faults: ConnectorFaults;
  /** All requests so far, refused ones included. */
  readonly requests: readonly ConnectorRecord[];
  close(): Promise<void>;
}

/** A service URL has a path, in which Teams names the region. */
const SERVICE_PATH = "/emea/";

/** Starts the connector for one bot, on this machine only. */
export async function startConnector(options: ConnectorServerOptions): Promise<ConnectorServer> {
  const { tenantId, clientId, verify, keepsContents = true, log = () => {} } = options;
  const conversations = new Conversations();
  const messages = new MessageLog(keepsContents, options.messageId);
  const faults = new ConnectorFaults();
  const requests: ConnectorRecord[] = [];
  const connector = new Connector({
    tenantId,
    conversations,
    messages,
    faults,
    isBot: botTokens({ verify, clientId, tenantId }),
    observe: options.observe ?? (() => {}),
    elsewhere: options.elsewhere ?? (() => undefined),
    record: (record) => void (keepsContents && requests.push(record)),
    log,
  });
  const { secure } = options;
  const answer: RequestListener = (request, response) => {
    const path = request.url ?? "/";
    if (!path.startsWith(SERVICE_PATH)) return answerJson(response, 404, { error: { code: "NotFound" } });
    connector.answer(request, response, path.slice(SERVICE_PATH.length)).catch((problem: unknown) => {
      log(`The connector failed: ${String(problem)}`);
      if (!response.headersSent) answerJson(response, 500, { error: { code: "ConnectorError" } });
    });
  };
  const server =
    secure === undefined ? createServer(answer) : createSecureServer({ ...secure.certificates }, answer);
  const address = await listenOnLoopback(server, 0);
  const origin =
    secure === undefined ? address : address.replace("http://127.0.0.1", `https://${secure.hostname}`);
  const serviceUrl = `${origin}${SERVICE_PATH}`;
  const close = () => closeServer(server);
  return { tenantId, clientId, serviceUrl, conversations, messages, faults, requests, close };
}
