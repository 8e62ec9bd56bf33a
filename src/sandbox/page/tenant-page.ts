import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { SimulatedEntra } from "../../../simulators/entra/simulated-entra.js";
import type { SimulatedGraph } from "../../../simulators/graph/simulated-graph.js";
import { answerJson, readJson, textIn } from "../../../simulators/http/json-over-http.js";
import { closeServer, listenOnLoopback } from "../../../simulators/http/listen-on-loopback.js";
import type { SimulatedTenant } from "../../../simulators/tenant/simulated-tenant.js";
import { tenantState } from "./tenant-state.js";
import { simulatedWorld } from "./world.js";

export interface TenantPageOptions {
  readonly tenant: SimulatedTenant;
  readonly entra: SimulatedEntra;
  readonly graph: SimulatedGraph;
  /** Any free port when 0. */
  readonly port: number;
}

export interface TenantPage {
  readonly url: string;
  close(): Promise<void>;
}

const ASSETS: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": ["page.html", "text/html; charset=utf-8"],
  "/page.css": ["page.css", "text/css; charset=utf-8"],
  "/page.js": ["page.js", "text/javascript; charset=utf-8"],
};
const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'",
  "X-Content-Type-Options": "nosniff",
};
/** A scan makes hundreds of requests: the page is told about all of them together. */
const TELL_AFTER_MS = 120;

/** Serves a page that shows the tenant as Entra holds it, live, with buttons to change the world around the bot. */
export async function startTenantPage(options: TenantPageOptions): Promise<TenantPage> {
  const world = simulatedWorld(options);
  const state = () => JSON.stringify(tenantState({ ...options, world }));
  const viewers = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      const event = `data: ${state()}\n\n`;
      for (const viewer of viewers) viewer.write(event);
    }, TELL_AFTER_MS);
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", url);
    const asset = ASSETS[pathname];
    if (request.method === "GET" && asset !== undefined) {
      const body = await readFile(new URL(`./assets/${asset[0]}`, import.meta.url));
      send(response, asset[1], body);
    } else if (request.method === "GET" && pathname === "/state") {
      send(response, "application/json; charset=utf-8", state());
    } else if (request.method === "GET" && pathname === "/events") {
      response.writeHead(200, { ...HEADERS, "Content-Type": "text/event-stream" });
      response.write(`retry: 1000\ndata: ${state()}\n\n`);
      viewers.add(response);
      response.on("close", () => viewers.delete(response));
    } else if (request.method === "POST" && pathname === "/press") {
      const read = await readJson(request, 1024);
      if (read.kind !== "json") return answerJson(response, read.kind === "refused" ? read.status : 400, {});
      const known = world.press(textIn(read.body, "button"));
      tell();
      answerJson(response, known ? 200 : 404, {});
    } else {
      answerJson(response, 404, {});
    }
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((problem: unknown) => {
      if (response.headersSent) response.destroy();
      else answerJson(response, 500, { error: String(problem) });
    });
  });
  const url = await listenOnLoopback(server, options.port);
  const listenNoMore = options.graph.onChange(tell);
  return {
    url,
    close: () => {
      listenNoMore();
      clearTimeout(timer);
      return closeServer(server);
    },
  };
}

function send(response: ServerResponse, type: string, body: string | Buffer): void {
  response.writeHead(200, { ...HEADERS, "Content-Type": type });
  response.end(body);
}
