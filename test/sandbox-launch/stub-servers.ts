import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  // biome-ignore lint/suspicious/noExplicitAny: whatever JSON came; each test says what it expects of it
  readonly body: any;
}

export interface StubServer {
  readonly url: string;
  readonly received: Received[];
  close(): Promise<void>;
}

export interface StubAnswer {
  readonly status?: number;
  readonly body?: unknown;
}

/** A server on this machine that remembers what it got. */
export async function stubServer(answer: (request: Received) => StubAnswer): Promise<StubServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const seen = await read(request);
    received.push(seen);
    const { status = 200, body = {} } = answer(seen);
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A Playground as far as the gateway knows one: it gives every message an id of its own. */
export function stubPlayground(prefix: string): Promise<StubServer> {
  let count = 0;
  return stubServer(({ method }) => {
    if (method !== "POST") return { status: 200 };
    count += 1;
    return { status: 201, body: { id: `${prefix}-${count}` } };
  });
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return {
    method: request.method ?? "",
    path: decodeURIComponent(request.url ?? ""),
    authorization: request.headers.authorization,
    body: text === "" ? undefined : JSON.parse(text),
  };
}
