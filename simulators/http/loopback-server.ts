import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Certificates } from "./certificates.js";

/**
 * How long an idle connection stays. Node's own five seconds are shorter than a busy machine may stand still, and then a
 * client writes into a connection that has just ended.
 */
const KEEP_ALIVE_MS = 65_000;

export interface LoopbackServer {
  /** `https://localhost:PORT`, or by the name it was given. */
  readonly url: string;
  /** Stops listening and ends every open connection, answered or not. */
  close(): Promise<void>;
}

export interface LoopbackOptions {
  readonly certificates: Certificates;
  /** 0 or left out: any free port. */
  readonly port?: number | undefined;
  /** By which clients know this machine; who has to find it by that name sees to it. Left out: `localhost`. */
  readonly hostname?: string | undefined;
  /** Called once for each request; an exception becomes a 500, so that a broken simulator is not mistaken for silence. */
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Serves HTTPS on this machine only. */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const { key, cert } = options.certificates;
  const server = createServer({ key, cert }, (request, response) => {
    options.answer(request, response).catch((problem: unknown) => {
      if (response.headersSent) return response.destroy();
      response.writeHead(500, { "Content-Type": "text/plain" });
      return response.end(`the simulator failed: ${String(problem)}`);
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://${options.hostname ?? "localhost"}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The whole request body as text. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
