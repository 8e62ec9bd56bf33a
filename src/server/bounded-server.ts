import { once } from "node:events";
import type { Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ServerOptions as RestifyOptions, Server } from "restify";
import type { Log } from "../core/ports.js";
import { chainWriteHead } from "./chain-write-head.js";
import { InFlight } from "./in-flight.js";
import { restify } from "./restify-without-spdy.js";

/** How long a sender may take to send the head of a request, from its first byte or from connecting on. */
const HEADERS_WITHIN_MS = 5_000;
/** How long a sender may take to send its whole request. */
const REQUEST_WITHIN_MS = 10_000;
/** How long a connection may wait for its next request: longer than the 60 seconds of proxies, which then close first. */
const KEEP_ALIVE_MS = 65_000;
/** How long nothing may move on a connection, such as one whose client does not fetch its answer. */
const STILL_MS = 120_000;
/** How often these are looked at. */
const CHECK_EVERY_MS = 1_000;
/** Connections at a time, of which each costs some 10 KB while it is silent; Teams and a proxy need some dozens. */
const CONNECTIONS_AT_MOST = 1_000;
/** How often a log says at most that connections are refused. */
const WARN_EVERY_MS = 60_000;
/** How long a stop waits for requests that are half sent and for answers that are not fetched. */
const HALF_DONE_WITHIN_MS = 1_500;

/** Where to listen, and what the operator calls that. */
export interface ListenAt {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly names: { readonly host: string; readonly port: string };
}

/** An HTTP server that no client can hold up or fill up. */
export class BoundedServer {
  readonly routes: Server;
  readonly inFlight = new InFlight();
  readonly #http: HttpServer;
  readonly #log: Log;
  #isDraining = false;

  constructor(log: Log) {
    chainWriteHead();
    this.#log = log;
    this.routes = restify.createServer({ name: "", log: restifyLog(log), ignoreTrailingSlash: true });
    this.#http = this.routes.server;
    limit(this.#http);
    this.#http.on("connection", (socket) => this.inFlight.connected(socket));
    this.#http.prependListener("request", (_request, response) => {
      this.inFlight.add(response);
      if (this.#isDraining) response.setHeader("connection", "close");
    });
    this.#warnOfRefused();
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  /** @throws Error when the port cannot be had */
  async listen({ host, port, names }: ListenAt): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      // restify hands on the errors of the HTTP server; unheard, they would end the process.
      this.routes.once("error", (error: NodeJS.ErrnoException) => {
        const why = error.code === "EADDRINUSE" ? "another program uses it" : (error.code ?? error.message);
        const where = `${names.host} ${host}, ${names.port} ${port}`;
        reject(new Error(`cannot listen on ${where}: ${why}`, { cause: error }));
      });
      this.#http.once("listening", resolve);
      this.routes.listen(port, host);
    });
    this.routes.on("error", (error) => this.#log.error("server-failed", { error }));
  }

  /** Whether a stop is announced: everything is served as before. */
  get isDraining(): boolean {
    return this.#isDraining;
  }

  /** From now on each answer ends its connection: none is left by which a proxy might send a request when this closes. */
  drain(): void {
    this.#isDraining = true;
    this.inFlight.announceClose();
  }

  /**
   * Takes no more requests, lets what is being worked on finish for as long as that, and then drops what is left.
   * What is only half sent or not fetched is waited for only a moment.
   */
  async close(timeoutMs: number): Promise<void> {
    if (!this.#http.listening) return;
    const stopBy = performance.now() + timeoutMs;
    const closed = once(this.#http, "close");
    this.#http.close();
    this.inFlight.announceClose();
    await this.inFlight.emptyWithin(Math.min(timeoutMs, HALF_DONE_WITHIN_MS));
    this.inFlight.dropIdle();
    await this.inFlight.idleWithin(Math.max(0, stopBy - performance.now()));
    this.inFlight.dropAll();
    await closed;
  }

  /** Connections over the bound are closed at once by Node; those that only wait for a next request make room. */
  #warnOfRefused(): void {
    let warnedAt = Number.NEGATIVE_INFINITY;
    this.#http.on("drop", () => {
      this.#http.closeIdleConnections();
      if (performance.now() - warnedAt < WARN_EVERY_MS) return;
      warnedAt = performance.now();
      this.#log.warn("connections-refused", { atMost: CONNECTIONS_AT_MOST });
    });
  }
}

function limit(http: HttpServer): void {
  http.headersTimeout = HEADERS_WITHIN_MS;
  http.requestTimeout = REQUEST_WITHIN_MS;
  http.keepAliveTimeout = KEEP_ALIVE_MS;
  http.timeout = STILL_MS;
  http.maxConnections = CONNECTIONS_AT_MOST;
  // restify makes the server itself and takes no options for it; Node reads this when the server begins to listen.
  Object.assign(http, { connectionsCheckingInterval: CHECK_EVERY_MS });
  // restify listens to upgrades and does nothing with them, so their connections stay open for ever. Without a listener
  // Node answers them as the plain requests they also are.
  http.removeAllListeners("upgrade");
}

/** restify brings a logger of its own, with another format and nothing redacted: its words go to ours. */
function restifyLog(log: Log): NonNullable<RestifyOptions["log"]> {
  const nothing = (): void => undefined;
  const warn = (detail: unknown, message?: unknown): void =>
    log.warn("restify", { message: message ?? detail });
  const logger = { trace: nothing, debug: nothing, info: nothing, warn, error: warn, fatal: warn };
  return logger as unknown as NonNullable<RestifyOptions["log"]>;
}
