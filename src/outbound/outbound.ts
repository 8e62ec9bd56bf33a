import * as http from "node:http";
import * as https from "node:https";
import { HttpsProxyAgent } from "https-proxy-agent";
import { Agent, type Dispatcher, ProxyAgent, setGlobalDispatcher } from "undici";
import { directHosts } from "./direct-hosts.js";

/** The company's proxy, addresses with name and password where it takes them. */
export interface Proxy {
  /** For https addresses; undefined: they are reached directly. */
  readonly https: string | undefined;
  readonly http: string | undefined;
  /** Entries of `NO_PROXY`. */
  readonly except: readonly string[];
}

/** The way out for every HTTP request of this process: time limits, kept connections and the proxy in one place. */
export interface Outbound {
  /** For `fetch`, and for requests to Graph. */
  readonly dispatcher: Dispatcher;
  /** For libraries with an HTTP client of their own. undefined: theirs is good, since there is no proxy. */
  readonly agentFor: AgentFor | undefined;
}
export type AgentFor = (url: string) => http.Agent;

/** Longer than the longest wait of a caller: where one has a limit of its own, that one ends the request. */
const SILENT_MS = 60_000;
/** Balancers close what was idle for some minutes, without a word; far below that no request meets a closed one. */
const KEPT_IDLE_MS = 10_000;
const CONNECT_WITHIN_MS = 10_000;
/** To one service. More wait for their turn. */
const CONNECTIONS = 64;

const CONNECTIONS_KEPT = {
  connections: CONNECTIONS,
  keepAliveTimeout: KEPT_IDLE_MS,
  keepAliveMaxTimeout: SILENT_MS,
  headersTimeout: SILENT_MS,
  bodyTimeout: SILENT_MS,
};

/** From here on every `fetch` of this process goes that way, those of libraries included. */
export function goOutBy(way: Outbound): Outbound {
  setGlobalDispatcher(way.dispatcher);
  return way;
}

/** @param proxy undefined: everything is reached directly */
export function outbound(proxy: Proxy | undefined): Outbound {
  const direct = new Agent({ ...CONNECTIONS_KEPT, connect: { timeout: CONNECT_WITHIN_MS } });
  if (proxy === undefined) return { dispatcher: direct, agentFor: undefined };
  const isDirect = directHosts(proxy.except);
  const proxied = new Map(
    Object.entries({ "https:": proxy.https, "http:": proxy.http }).flatMap(([protocol, uri]) =>
      uri === undefined ? [] : [[protocol, throughProxy(uri)]],
    ),
  );
  const tunnels = proxy.https === undefined ? undefined : new HttpsProxyAgent(proxy.https, KEPT_BY_NODE);
  return {
    dispatcher: direct.compose((dispatch) => (options, handler) => {
      const url = new URL(String(options.origin));
      const through = isDirect(url) ? undefined : proxied.get(url.protocol);
      return through === undefined ? dispatch(options, handler) : through.dispatch(options, handler);
    }),
    agentFor: (address) => {
      const url = new URL(address);
      // Of what libraries ask for, only what is on this machine is http.
      if (url.protocol === "http:") return http.globalAgent;
      return tunnels === undefined || isDirect(url) ? https.globalAgent : tunnels;
    },
  };
}

function throughProxy(uri: string): ProxyAgent {
  const limit = { timeout: CONNECT_WITHIN_MS };
  // For http there is nothing to tunnel, and many proxies open no tunnel to port 80.
  return new ProxyAgent({ ...CONNECTIONS_KEPT, uri, proxyTls: limit, requestTls: limit, proxyTunnel: false });
}

/** As Node's own agents do it. */
const KEPT_BY_NODE = { keepAlive: true, scheduling: "lifo", timeout: 5_000 } as const;
