import type { IncomingMessage, ServerResponse } from "node:http";
import { request as requestOver } from "node:https";
import type { Certificates } from "../../simulators/http/certificates.js";
import { readBody, startLoopbackServer } from "../../simulators/http/loopback-server.js";
import { type WireExchange, withoutToken } from "../../simulators/http/wire-exchange.js";

export interface RecordingProxy {
  readonly url: string;
  /** In the order in which they were answered. */
  readonly exchanges: readonly WireExchange[];
  close(): Promise<void>;
}

/** Stands before Graph as a process's only way to it, and keeps what went through. Links to Graph lead to it. */
export async function startRecordingProxy(
  graphUrl: string,
  certificates: Certificates,
): Promise<RecordingProxy> {
  const exchanges: WireExchange[] = [];
  const server = await startLoopbackServer({
    certificates,
    async answer(incoming, response) {
      const body = await readBody(incoming);
      const { status, headers, text } = await pass(graphUrl, certificates, incoming, body);
      const answered = text.replaceAll(graphUrl, server.url);
      exchanges.push({
        method: incoming.method ?? "GET",
        target: incoming.url ?? "/",
        headers: withoutToken(flat(incoming)),
        body,
        answer: { status, headers, body: answered },
        isSpoilt: false,
      });
      send(response, status, headers, answered);
    },
  });
  return { url: server.url, exchanges, close: () => server.close() };
}

function pass(
  graphUrl: string,
  { caPem }: Certificates,
  { method, url = "/", headers }: IncomingMessage,
  body: string,
): Promise<{ status: number; headers: Record<string, string>; text: string }> {
  return new Promise((resolve, reject) => {
    const { host: _, connection: __, ...passed } = headers;
    const outgoing = requestOver(graphUrl + url, { method, headers: passed, ca: caPem }, (answer) => {
      readBody(answer).then(
        (text) => resolve({ status: answer.statusCode ?? 0, headers: flat(answer), text }),
        reject,
      );
    });
    outgoing.once("error", reject);
    outgoing.end(body);
  });
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** Headers that are about one connection, or about the length that a link may have changed. */
const OF_THE_CONNECTION: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
]);

function send(response: ServerResponse, status: number, headers: Record<string, string>, text: string): void {
  const passed = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
  response.writeHead(status, Object.fromEntries(passed));
  response.end(text);
}
