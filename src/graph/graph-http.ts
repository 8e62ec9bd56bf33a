import { Client, type Context, type Middleware, ResponseType } from "@microsoft/microsoft-graph-client";
import { BoundedMap } from "../async/bounded-map.js";
import { makeStorable } from "../async/storable-json.js";
import { TimeUp } from "../async/time-up.js";
import { watched } from "../async/watched.js";
import { Fault } from "../core/errors.js";
import { type Arrived, oneRequest } from "../outbound/one-request.js";
import { claimsDemanded } from "./carried-sign-in.js";

export interface GraphCall {
  readonly method: "GET" | "POST" | "PATCH";
  /** Absolute URL at Graph, version included. */
  readonly url: string;
  readonly token: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Our own GUID, which Graph logs: of this one request for a write, of what a read belongs to for a read. */
  readonly clientRequestId: string;
  readonly timeoutMs: number;
  readonly onAnswer?: OnAnswer;
}

/** Told how each request ended: with a status, or without an answer. */
export type OnAnswer = (method: GraphCall["method"], status: number | undefined) => void;

/** What came back, with any status. */
export interface GraphAnswer {
  readonly status: number;
  readonly requestId?: string;
  readonly retryAfterSeconds?: number;
  /** What a sign-in has to bring for Graph to take it; JSON, as Graph demanded it. */
  readonly claims?: string;
  readonly body: AnswerBody;
}

type AnswerBody =
  /** `isMended`: it held characters that no store takes, and so is not quite what Graph sent. */
  | { readonly kind: "json"; readonly value: unknown; readonly isMended?: true }
  | { readonly kind: "empty" }
  | { readonly kind: "not-json" }
  /** The connection broke, or our time passed, after the status had arrived. */
  | { readonly kind: "cut-off" };

/**
 * Sends exactly one request: what is refused, put off or redirected is told, and never sent again from here.
 * @throws Fault `graph-unreachable` or `graph-too-slow` when no status arrived
 */
export async function callGraph(call: GraphCall): Promise<GraphAnswer> {
  const url = graphUrl(call.url);
  const facts = { "http.request.method": call.method, "server.address": url.hostname };
  return watched(`Graph ${call.method}`, facts, async (add) => {
    const arrived = await send(url, call);
    add({ "http.response.status_code": arrived.status });
    return answerOf(arrived);
  });
}

async function send({ origin }: URL, call: GraphCall): Promise<Arrived> {
  const { method, token, clientRequestId, timeoutMs, onAnswer } = call;
  const sending = new Sending(timeoutMs);
  const request = clientOf(origin)
    .api(call.url)
    .headers({ ...call.headers, "client-request-id": clientRequestId, authorization: `Bearer ${token}` })
    .middlewareOptions([sending])
    .responseType(ResponseType.RAW);
  await perform(request, call).catch((error: unknown) => {
    // Made of what broke, without its cause, which says what happened to the connection.
    if (sending.broken === undefined) throw error;
  });
  const { arrived, broken } = sending;
  if (broken !== undefined) {
    onAnswer?.(method, undefined);
    const code = broken instanceof TimeUp ? "graph-too-slow" : "graph-unreachable";
    throw new Fault(code, `No answer from Graph: ${why(broken, timeoutMs)}.`, { cause: broken });
  }
  if (arrived === undefined) throw new Error("Microsoft's client sent nothing, and said nothing");
  onAnswer?.(method, arrived.status);
  return arrived;
}

/** One request on its way through the client, and what became of it: the client is handed no answer to look at. */
class Sending {
  readonly timeoutMs: number;
  arrived: Arrived | undefined;
  broken: unknown;
  constructor(timeoutMs: number) {
    this.timeoutMs = timeoutMs;
  }
}

/**
 * The whole of the client's middleware. Its default chain repeats 429, 503 and 504 by itself, for PATCH too, and follows
 * redirects.
 */
const SENDS_ONCE: Middleware = {
  async execute({ request, options = {}, middlewareControl }: Context): Promise<void> {
    const sending = middlewareControl?.getMiddlewareOptions(Sending) as Sending;
    const { method, headers, body } = options;
    try {
      sending.arrived = await oneRequest({
        method: method as GraphCall["method"],
        url: new URL(String(request)),
        headers: headers as Record<string, string>,
        body: body as string | undefined,
        timeoutMs: sending.timeoutMs,
      });
    } catch (error) {
      sending.broken = error;
      throw error;
    }
  },
};

/** A process asks one host, or its proxy as well. */
const HOSTS_KEPT = 16;
const clients = new BoundedMap<string, Client>(HOSTS_KEPT);

/** The client for that host; it knows no token. */
function clientOf(origin: string): Client {
  const kept = clients.get(origin);
  if (kept !== undefined) return kept;
  const made = Client.initWithMiddleware({ baseUrl: origin, middleware: SENDS_ONCE });
  clients.set(origin, made);
  return made;
}

function perform(request: ReturnType<Client["api"]>, { method, body }: GraphCall): Promise<unknown> {
  switch (method) {
    case "GET":
      return request.get();
    case "POST":
      return request.post(body);
    case "PATCH":
      return request.patch(body);
  }
}

/** Signs of a connection that was there and broke before a status came: closed by the other side, or lost on the way. */
const BROKEN: ReadonlySet<unknown> = new Set(["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"]);

/**
 * Whether what was thrown says that the connection broke, as one does that was kept too long. Not that time ran out, and
 * not that there was none: then a second try would fare no better.
 */
export function hasBrokenOff(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && BROKEN.has(error.code)) || hasBrokenOff(error.cause);
}

/** What every path is appended to: a proxy in front of Graph may have a path of its own. @throws TypeError like {@link graphUrl} */
export function graphBase(text: string): string {
  return graphUrl(text).href.replace(/\/+$/, "");
}

/** @throws TypeError unless the URL is https: no token goes over http. */
export function graphUrl(text: string): URL {
  const url = new URL(text);
  if (url.protocol !== "https:") throw new TypeError(`Graph's URL must be https, not ${url.protocol}`);
  return url;
}

function answerOf(arrived: Arrived): GraphAnswer {
  const requestId = arrived.header("request-id");
  const retryAfterSeconds = parseRetryAfter(arrived.header("retry-after"), arrived.header("date"));
  return {
    status: arrived.status,
    ...(requestId ? { requestId } : {}),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    ...demandedIn(arrived.header("www-authenticate")),
    body: bodyOf(arrived),
  };
}

function demandedIn(header: string | null): { readonly claims?: string } {
  const claims = claimsDemanded(header);
  return claims === undefined ? {} : { claims };
}

function bodyOf({ text }: Arrived): AnswerBody {
  if (text === undefined) return { kind: "cut-off" };
  if (text === "") return { kind: "empty" };
  const parsed = { value: undefined as unknown };
  try {
    parsed.value = JSON.parse(text);
  } catch {
    return { kind: "not-json" };
  }
  const storable = makeStorable(parsed);
  // So deep that it cannot be walked through: nothing of Graph's is.
  if (storable.kind === "refused") return { kind: "not-json" };
  return { kind: "json", value: parsed.value, ...(storable.isChanged ? { isMended: true } : {}) };
}

/**
 * Seconds of a Retry-After header, which may also be a date (RFC 9110, 10.2.3). A date is measured against the
 * answer's own Date, so that our clock does not matter.
 */
export function parseRetryAfter(header: string | null, answeredAt: string | null): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  if (/^\d+$/.test(text)) return Number(text);
  const seconds = (Date.parse(text) - Date.parse(answeredAt ?? "")) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : undefined;
}

/** The status with which a proxy opened no tunnel, as undici says it. */
function proxysWord(error: unknown): string | undefined {
  return error instanceof Error ? /^Proxy response \((\d+)\)/.exec(error.message)?.[1] : undefined;
}

function why(error: unknown, timeoutMs: number): string {
  if (error instanceof TimeUp) return `none within ${Math.ceil(timeoutMs / 100) / 10} s`;
  const refused = proxysWord(error);
  if (refused !== undefined) return `the proxy answered ${refused}`;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "the connection failed";
}
