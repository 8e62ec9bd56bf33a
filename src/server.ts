import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Counter, collectDefaultMetrics, type Registry } from "prom-client";
import type { Request, Response, ServerOptions as RestifyOptions, Server } from "restify";
import type { Log } from "./core/ports.js";
import { chainWriteHead } from "./server/chain-write-head.js";
import { type EvidenceFile, NO_EVIDENCE_PAGE } from "./server/evidence-file.js";
import { InFlight } from "./server/in-flight.js";
import { BadBody, readJsonBody } from "./server/read-json-body.js";
import { restify } from "./server/restify-without-spdy.js";
import { SIGN_IN_PAGE } from "./server/sign-in-page.js";

/** Teams' own limit is 28 KB a message; an activity with everything around it stays far below this. */
const BODY_LIMIT_BYTES = 1024 * 1024;
/** How long a sender may take to send its request. */
const REQUEST_TIMEOUT_MS = 30_000;

const SECURITY_HEADERS = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

export interface ServerOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly log: Log;
  /** Answers `POST /api/messages`. `body` is a JSON object, or undefined when nothing was sent. */
  readonly handleActivity: (
    request: IncomingMessage & { body?: unknown },
    response: ServerResponse,
  ) => Promise<void>;
  /** Answers `GET /readyz`; to throw is to be not ready. */
  readonly isReady: () => Promise<boolean>;
  /** What an operator has to see to, said by `GET /readyz` as well; it does not make the process less ready. */
  readonly attention: () => readonly string[];
  /** Answers `GET /evidence/<secret>` with a file to save; undefined: the secret opens nothing, or no longer. */
  readonly openEvidence: (secret: string) => Promise<EvidenceFile | undefined>;
  /** Answers `GET /metrics`. The server adds the process's and its own. */
  readonly metrics: Registry;
}

export interface RunningServer {
  readonly port: number;
  /** Takes no more requests, lets those in flight finish for as long as that, and then drops what is left. */
  close(timeoutMs: number): Promise<void>;
}

/** Listens. @throws Error when the port cannot be had */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  chainWriteHead();
  const server = restify.createServer({ name: "", log: restifyLog(options.log) });
  const inFlight = new InFlight();
  const http = server.server;
  http.requestTimeout = REQUEST_TIMEOUT_MS;
  http.prependListener("request", (_request, response) => inFlight.add(response));
  addRoutes(server, options, inFlight);
  countRequests(server, options.metrics);
  await listen(server, options);
  return {
    port: (http.address() as AddressInfo).port,
    async close(timeoutMs) {
      if (!http.listening) return;
      const closed = once(http, "close");
      http.close();
      inFlight.announceClose();
      await inFlight.emptyWithin(timeoutMs);
      http.closeAllConnections();
      await closed;
    },
  };
}

function addRoutes(server: Server, options: ServerOptions, inFlight: InFlight): void {
  server.post("/api/messages", async (request, response) => {
    try {
      request.body = await readJsonBody(request, BODY_LIMIT_BYTES);
      await inFlight.during(options.handleActivity(request, response));
    } catch (error) {
      answerError(error, response, options.log);
    }
  });
  server.get("/healthz", async (_request, response) => answerJson(response, 200, { status: "alive" }));
  server.get("/readyz", async (_request, response) => {
    const ready = await options.isReady().catch((error: unknown) => {
      options.log.error("readiness-unknown", { error });
      return false;
    });
    const status = ready ? "ready" : "not ready";
    answerJson(response, ready ? 200 : 503, { status, attention: options.attention() });
  });
  server.get("/metrics", async (_request, response) => {
    answer(response, 200, options.metrics.contentType, await options.metrics.metrics());
  });
  server.get("/evidence/:secret", async (request, response) => {
    try {
      const file = await options.openEvidence(String(request.params.secret));
      if (file === undefined) answer(response, 404, "text/html; charset=utf-8", NO_EVIDENCE_PAGE);
      else answerFile(response, file);
    } catch (error) {
      answerError(error, response, options.log);
    }
  });
  server.get("/sign-in", async (_request, response) => {
    answer(response, 200, "text/html; charset=utf-8", SIGN_IN_PAGE);
  });
}

function answerError(error: unknown, response: ServerResponse, log: Log): void {
  if (error instanceof BadBody) {
    answerJson(response, error.status, { code: error.code, message: error.message });
    return;
  }
  log.error("request-failed", { error });
  if (response.headersSent) response.destroy();
  else answerJson(response, 500, { code: "InternalError", message: "Something went wrong here." });
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  answer(response, status, "application/json; charset=utf-8", JSON.stringify(body));
}

function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { ...SECURITY_HEADERS, "content-type": contentType }).end(body);
}

/** To be saved, not shown: what is in it came from people, and it stays when the link is gone. */
function answerFile(response: ServerResponse, { name, html }: EvidenceFile): void {
  const headers = {
    ...SECURITY_HEADERS,
    "content-type": "text/html; charset=utf-8",
    "content-disposition": `attachment; filename="${name}"`,
  };
  response.writeHead(200, headers).end(html);
}

function countRequests(server: Server, registry: Registry): void {
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "latchkey_http_requests_total",
    help: "HTTP requests answered, by route and status.",
    labelNames: ["method", "route", "status"],
    registers: [registry],
  });
  server.on("after", (request: Request, response: Response, route?: { path?: unknown }) => {
    // Only routes we have: a path or a method a client made up would be a new time series each.
    const known = typeof route?.path === "string";
    const labels = known
      ? { method: request.method ?? "", route: route.path }
      : { method: "other", route: "other" };
    requests.inc({ ...labels, status: response.statusCode } as Record<string, string | number>);
  });
}

async function listen(server: Server, { host, port, log }: ServerOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    // restify hands on the errors of the HTTP server; unheard, they would end the process.
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why = error.code === "EADDRINUSE" ? "another program uses it" : (error.code ?? error.message);
      reject(new Error(`cannot listen on HOST ${host}, PORT ${port}: ${why}`, { cause: error }));
    });
    server.server.once("listening", resolve);
    server.listen(port, host);
  });
  server.on("error", (error) => log.error("server-failed", { error }));
}

/** restify brings a logger of its own, with another format and nothing redacted: its words go to ours. */
function restifyLog(log: Log): NonNullable<RestifyOptions["log"]> {
  const nothing = (): void => undefined;
  const warn = (detail: unknown, message?: unknown): void =>
    log.warn("restify", { message: message ?? detail });
  const logger = { trace: nothing, debug: nothing, info: nothing, warn, error: warn, fatal: warn };
  return logger as unknown as NonNullable<RestifyOptions["log"]>;
}
