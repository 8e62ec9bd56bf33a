import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { testCertificates } from "../setup/test-certificates.js";

interface Received {
  readonly method: string;
  /** Path and query, decoded. */
  readonly path: string;
  /** The same as it was sent. */
  readonly encoded: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Script = (response: ServerResponse, request: Received) => void;

export interface ScriptedGraph {
  readonly url: string;
  readonly received: Received[];
  /** Answers to the next requests, in order; a request that nothing is scripted for gets 599. */
  script(...next: Script[]): void;
  close(): Promise<void>;
}

/** An HTTPS server that says, once, what it is told to say: for answers the simulated Graph would never give. */
export async function scriptedGraph(): Promise<ScriptedGraph> {
  const { key, cert } = await testCertificates();
  const received: Received[] = [];
  const scripts: Script[] = [];
  const server = createServer({ key, cert }, async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method = "", url = "", headers } = request;
    const got = { method, path: decodeURIComponent(url), encoded: url, headers, body };
    received.push(got);
    const script = scripts.shift() ?? says(599, { error: { code: "notScripted", message: got.path } });
    script(response, got);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}`,
    received,
    script: (...next) => void scripts.push(...next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A JSON answer; text and bytes are sent as they are. */
export function says(status: number, body: unknown, headers: Record<string, string> = {}): Script {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", "request-id": "r-1", ...headers });
    const isReady = typeof body === "string" || body instanceof Uint8Array;
    response.end(isReady ? body : JSON.stringify(body));
  };
}

export function refuses(status: number, code: string, headers: Record<string, string> = {}): Script {
  return says(status, { error: { code, message: `said ${code}` } }, headers);
}

/** Closes the connection without a word. */
export const drops: Script = (response) => void response.socket?.destroy();

/** Sends the status and half of the body, then closes the connection. */
export function breaksOff(status: number): Script {
  return (response) => {
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": "1000",
      "request-id": "r-1",
    });
    response.write('{"value": [', () => response.socket?.destroy());
  };
}

/** Answers a `$batch`, each item by what `item` says of its url; undefined leaves the item out. */
export function saysBatch(item: (url: string) => object | undefined): Script {
  return (response, request) => {
    const { requests } = JSON.parse(request.body) as { requests: { id: string; url: string }[] };
    const responses = requests.flatMap(({ id, url }) => {
      const said = item(url);
      return said === undefined ? [] : [{ id, ...said }];
    });
    // Graph answers in any order.
    says(200, { responses: responses.reverse() })(response, request);
  };
}
