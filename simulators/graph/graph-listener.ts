import type { IncomingMessage, ServerResponse } from "node:http";
import type { Json } from "../../src/core/json.js";
import type { Hold } from "../http/hold.js";
import { readBody } from "../http/loopback-server.js";
import { type WireExchange, withoutToken } from "../http/wire-exchange.js";
import { answerBatch } from "./batch.js";
import type { GraphFault, RewrittenAnswer } from "./fault-board.js";
import { badRequest, GraphRefusal } from "./graph-error.js";
import type { Caller, GraphAnswer } from "./graph-exchange.js";
import {
  type Arrival,
  answerArrival,
  answerOfFault,
  answerToRefusal,
  type GraphService,
  openRecord,
  sleep,
} from "./graph-service.js";
import { isBatch, type OpenRecord } from "./request-log.js";

export interface ListenerOptions {
  readonly service: GraphService;
  /** @throws GraphRefusal */
  authenticate(authorization: string | undefined): Promise<Caller>;
  /** How long each answer takes. @param path decoded, with its query */
  latencyMs(path: string): number;
  /** Told of every request, once it is answered or never will be. */
  onExchange?: ((exchange: WireExchange) => void) | undefined;
  readonly hold?: Hold | undefined;
}

/** After a connection was cut with `drop: "during"`, the work is done this much later. */
const LATE_MS = 150;

/** Answers one HTTP request, or spoils it the way a fault says. */
export async function answerHttp(
  { service, authenticate, latencyMs, hold, onExchange }: ListenerOptions,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const faultsBefore = service.faults.struck;
  const text = await readBody(incoming);
  const headers = headersOf(incoming);
  const caller = await attempt(() => authenticate(headers.authorization));
  const body = await attempt(() => readJson(text, headers));
  const arrival: Arrival = {
    method: incoming.method ?? "GET",
    target: incoming.url ?? "/",
    headers,
    body: body instanceof GraphRefusal ? undefined : body,
    caller: caller instanceof GraphRefusal ? undefined : caller,
  };
  const record = openRecord(service, arrival);
  const { method, path } = record;
  const fault = service.faults.strike({ method, path, caller: record.caller, inBatch: false }) ?? {};
  const wait = latencyMs(path) + (fault.delayMs ?? 0);
  if (wait > 0) await sleep(wait);
  await hold?.(`${method} ${path}`);
  const work = async () => {
    try {
      if (caller instanceof GraphRefusal) throw caller;
      if (body instanceof GraphRefusal) throw body;
      return await (isBatch(record) ? answerBatch : answerArrival)(service, arrival, caller, record);
    } catch (problem) {
      return answerToRefusal(problem, record);
    }
  };
  const answer = await withFault(fault, record, incoming, work);
  if (answer !== undefined) service.log.answered(record, answer.status);
  const sent = answer === undefined ? NOTHING : sendAnswer(response, answer, record, fault);
  onExchange?.({
    method,
    target: arrival.target,
    headers: withoutToken(headers),
    body: text,
    answer: sent,
    isSpoilt: service.faults.struck > faultsBefore,
  });
  service.changed();
}

/** What came back where nothing did. */
const NOTHING: WireExchange["answer"] = { status: 0, headers: {}, body: "" };

/** undefined: nothing is to be sent. */
async function withFault(
  fault: GraphFault,
  record: OpenRecord,
  incoming: IncomingMessage,
  work: () => Promise<GraphAnswer>,
): Promise<GraphAnswer | undefined> {
  const instead = answerOfFault(fault, record);
  if (instead !== undefined) return instead;
  if (fault.silence === true || fault.silence === "before") return undefined;
  if (fault.drop === "before" || fault.drop === "during") incoming.socket.destroy();
  if (fault.drop === "before") return undefined;
  if (fault.drop === "during") await sleep(LATE_MS);
  const answer = await work();
  if (fault.drop === "after") incoming.socket.destroy();
  return fault.drop === undefined && fault.silence === undefined ? answer : undefined;
}

function sendAnswer(
  response: ServerResponse,
  { status, headers, body }: GraphAnswer,
  record: OpenRecord,
  fault: GraphFault,
): WireExchange["answer"] {
  const usual = body === undefined ? "" : JSON.stringify(body);
  const { text, ...instead }: RewrittenAnswer = fault.rewrite?.(usual) ?? { text: usual };
  const contentType = instead.contentType ?? "application/json;odata.metadata=minimal;charset=utf-8";
  // A 204 has no body, so one that is rewritten into some is a 200.
  const sentStatus = text === "" ? status : (instead.status ?? (status === 204 ? 200 : status));
  const sent = {
    ...(text === "" ? {} : { "Content-Type": contentType }),
    "request-id": record.requestId,
    "client-request-id": record.clientRequestId ?? record.requestId,
    ...headers,
  };
  response.writeHead(sentStatus, sent);
  response.end(fault.truncate ? text.slice(0, Math.ceil(text.length / 2)) : text);
  const lowerCase = Object.entries(sent).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status: sentStatus, headers: Object.fromEntries(lowerCase), body: text };
}

function headersOf(incoming: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
}

/** @throws GraphRefusal */
function readJson(text: string, headers: Readonly<Record<string, string>>): Json | undefined {
  if (text === "") return undefined;
  if (!headers["content-type"]?.startsWith("application/json")) {
    throw new GraphRefusal(415, "UnsupportedMediaType", "A body has to be application/json.");
  }
  try {
    return JSON.parse(text) as Json;
  } catch (problem) {
    if (problem instanceof SyntaxError) throw badRequest("Unable to read JSON request payload.");
    throw problem;
  }
}

/** A refusal as a value: it is answered later, after a fault had its chance. */
async function attempt<T>(step: () => T | Promise<T>): Promise<T | GraphRefusal> {
  try {
    return await step();
  } catch (problem) {
    if (problem instanceof GraphRefusal) return problem;
    throw problem;
  }
}
