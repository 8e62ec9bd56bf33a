import type { IncomingMessage, ServerResponse } from "node:http";
import { Counter, collectDefaultMetrics, type Registry } from "prom-client";
import type { Request, RequestHandler, Response, Server } from "restify";
import { answer, answerError, answerFile, answerJson } from "./server/answer.js";
import { BoundedServer } from "./server/bounded-server.js";
import {
  type EvidenceFile,
  NO_EVIDENCE_PAGE,
  NO_PEOPLE_LIST_PAGE,
  type PeopleListFile,
} from "./server/evidence-file.js";
import { readJsonBody } from "./server/read-json-body.js";
import { addSignIn, type SignInRoutes } from "./server/sign-in-routes.js";
import { warnOfStrayPosts } from "./server/stray-posts.js";

/** Teams' own limit is 28 KB a message; an activity with everything around it stays far below this. */
const BODY_LIMIT_BYTES = 256 * 1024;

interface Address {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
}

export interface ServerOptions extends Address, SignInRoutes {
  /** Answers `POST /api/messages`. No byte of the body is kept before `readBody` is called. */
  readonly handleActivity: (
    request: IncomingMessage,
    response: ServerResponse,
    readBody: () => Promise<object | undefined>,
  ) => Promise<void>;
  /** Answers `GET /readyz`; to throw is to be not ready. */
  readonly isReady: () => Promise<boolean>;
  /** What an operator has to see to, said by `GET /readyz` as well; it does not make the process less ready. */
  readonly attention: () => readonly string[];
  /** Answers `GET /evidence/<secret>` with a file to save; undefined: the secret opens nothing, or no longer. */
  readonly openEvidence: (secret: string) => Promise<EvidenceFile | undefined>;
  /** The same for `GET /people/<secret>`: who has no passkey. */
  readonly openPeopleList: (secret: string) => Promise<PeopleListFile | undefined>;
  /** Of the program, for `GET /healthz`. */
  readonly version: string;
  /** Answers `GET /metrics`. The server adds the process's and its own. */
  readonly metrics: Registry;
  /** The only address that answers `GET /metrics`; undefined: it stands beside the others. */
  readonly metricsAt?: Address | undefined;
}

export interface RunningServer {
  readonly port: number;
  /** The port of `/metrics`. */
  readonly metricsPort: number;
  /** Serves on as before, but says on `/readyz` that it is about to stop, so that a proxy in front turns elsewhere. */
  drain(): void;
  /** Takes no more requests, lets those in flight finish for as long as that, and then drops what is left. */
  close(timeoutMs: number): Promise<void>;
}

/** Listens. @throws Error when a port cannot be had */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { log, host, port, metricsAt, metrics } = options;
  const server = new BoundedServer(log);
  const ofMetrics = metricsAt === undefined ? server : new BoundedServer(log);
  addRoutes(server, options);
  warnOfStrayPosts(server.routes, log);
  addSignIn(server, options);
  addMetrics(ofMetrics.routes, metrics);
  countRequests(server.routes, metrics);
  await server.listen({ host, port, names: { host: "HOST", port: "PORT" } });
  if (metricsAt !== undefined) {
    const names = { host: "METRICS_HOST", port: "METRICS_PORT" };
    await ofMetrics.listen({ ...metricsAt, names }).catch(async (error: unknown) => {
      await server.close(0);
      throw error;
    });
  }
  return {
    port: server.port,
    metricsPort: ofMetrics.port,
    drain: () => server.drain(),
    async close(timeoutMs) {
      await Promise.all([server.close(timeoutMs), ofMetrics.close(timeoutMs)]);
    },
  };
}

function addRoutes(server: BoundedServer, options: ServerOptions): void {
  const { routes, inFlight } = server;
  const { log } = options;
  routes.post("/api/messages", async (request, response) => {
    const handled: Promise<void> = options
      .handleActivity(request, response, async () => {
        const body = await readJsonBody(request, BODY_LIMIT_BYTES);
        // From now on a stop waits for it: nothing is done about a request of which half is missing.
        void inFlight.during(response, handled);
        return body;
      })
      .catch((error: unknown) => answerError(error, response, log));
    await handled;
  });
  look(routes, "/healthz", async (_request, response) =>
    answerJson(response, 200, { status: "alive", version: options.version }),
  );
  look(routes, "/readyz", async (_request, response) => {
    if (server.isDraining) {
      answerJson(response, 503, { status: "stopping", attention: options.attention() });
      return;
    }
    const ready = await options.isReady().catch((error: unknown) => {
      log.error("readiness-unknown", { error });
      return false;
    });
    const status = ready ? "ready" : "not ready";
    answerJson(response, ready ? 200 : 503, { status, attention: options.attention() });
  });
  routes.get("/evidence/:secret", async (request, response) => {
    try {
      const file = await options.openEvidence(String(request.params.secret));
      if (file === undefined) answer(response, 404, "text/html; charset=utf-8", NO_EVIDENCE_PAGE);
      else answerFile(response, { name: file.name, type: "text/html", text: file.html });
    } catch (error) {
      answerError(error, response, log);
    }
  });
  routes.get("/people/:secret", async (request, response) => {
    try {
      const file = await options.openPeopleList(String(request.params.secret));
      if (file === undefined) answer(response, 404, "text/html; charset=utf-8", NO_PEOPLE_LIST_PAGE);
      else answerFile(response, { name: file.name, type: "text/csv", text: file.csv });
    } catch (error) {
      answerError(error, response, log);
    }
  });
}

/** Sums of gauges that are there as well, under names by which they would be counters (`promtool check metrics`). */
const NAMED_AS_COUNTERS = [
  "nodejs_active_handles_total",
  "nodejs_active_requests_total",
  "nodejs_active_resources_total",
];

function addMetrics(routes: Server, metrics: Registry): void {
  collectDefaultMetrics({ register: metrics });
  for (const name of NAMED_AS_COUNTERS) metrics.removeSingleMetric(name);
  look(routes, "/metrics", async (_request, response) => {
    answer(response, 200, metrics.contentType, await metrics.metrics());
  });
}

/** GET, and HEAD in the same way: what watches over processes often asks with HEAD. */
function look(routes: Server, path: string, handler: RequestHandler): void {
  routes.get(path, handler);
  routes.head(path, handler);
}

function countRequests(server: Server, registry: Registry): void {
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
