import type { Json } from "../../src/core/json.js";
import type { FaultBoard, GraphFault } from "./fault-board.js";
import { GraphRefusal, newRequestId, refusalAnswer, refusalFor } from "./graph-error.js";
import type { Caller, GraphAnswer, GraphRequest, GraphWorld } from "./graph-exchange.js";
import type { OpenRecord, RequestLog } from "./request-log.js";
import { answerRoute } from "./routes.js";
import type { Throttle } from "./throttle.js";
import { tooManyRequests, usageHeaders } from "./throttle-answer.js";

/** What every request passes through, alone or in a batch. */
export interface GraphService {
  readonly world: GraphWorld;
  readonly faults: FaultBoard;
  readonly throttle: Throttle;
  readonly log: RequestLog;
  /** Something happened that a spectator may want to show. */
  changed(): void;
}

/** A request on its way in, before it is known whether it is allowed. */
export interface Arrival {
  readonly method: string;
  /** With its query, as sent; starts with `/v1.0`. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  readonly caller: Caller | undefined;
  readonly batch?: string;
}

const VERSION = "/v1.0";

/** Writes the request into the log. */
export function openRecord(service: GraphService, arrival: Arrival): OpenRecord {
  const record: OpenRecord = {
    at: new Date().toISOString(),
    method: arrival.method,
    path: decoded(arrival.target),
    body: arrival.body,
    requestId: newRequestId(),
    clientRequestId: arrival.headers["client-request-id"],
    batch: arrival.batch,
    caller: arrival.caller,
    status: undefined,
  };
  service.log.add(record);
  return record;
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target.replaceAll("+", " "));
  } catch (problem) {
    if (problem instanceof URIError) return target;
    throw problem;
  }
}

/** Runs one step and turns a refusal into Graph's answer. */
export function answerOrRefuse(record: OpenRecord, step: () => GraphAnswer): GraphAnswer {
  try {
    return step();
  } catch (problem) {
    return answerToRefusal(problem, record);
  }
}

/** Graph's answer, if it was a refusal. Anything else is thrown on. */
export function answerToRefusal(problem: unknown, record: OpenRecord): GraphAnswer {
  if (problem instanceof GraphRefusal) return refusalAnswer(problem, record);
  throw problem;
}

/** Throttles, finds the route, and lets it answer. @throws GraphRefusal */
export function answerArrival(
  service: GraphService,
  arrival: Arrival,
  caller: Caller,
  record: OpenRecord,
): GraphAnswer {
  const { tenant, readings } = service.world;
  const request = readRequest(service, arrival, caller, record);
  const admission = service.throttle.admit(request.path);
  const hints = readings.throttleHints ? { appId: caller.appId, tenantId: tenant.tenantId } : undefined;
  if (admission.kind === "refused") throw tooManyRequests(admission, hints);
  const before = tenant.policy;
  const answer = answerOrRefuse(record, () => answerRoute(service.world, request));
  if (tenant.policy !== before) service.changed();
  if (hints === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, ...usageHeaders(admission) } };
}

function readRequest(
  service: GraphService,
  arrival: Arrival,
  caller: Caller,
  { requestId, clientRequestId }: OpenRecord,
): GraphRequest {
  const { method, headers, body } = arrival;
  const url = new URL(arrival.target, service.world.root);
  if (!url.pathname.toLowerCase().startsWith(`${VERSION}/`)) {
    throw new GraphRefusal(400, "BadRequest", `Invalid version: only ${VERSION} is simulated.`);
  }
  const path = decoded(url.pathname.slice(VERSION.length)).replace(/\/$/, "");
  return { method, path, query: url.searchParams, headers, body, caller, requestId, clientRequestId };
}

/** The answer a fault gives instead of any work; undefined when the work is to be done. */
export function answerOfFault(fault: GraphFault, record: OpenRecord): GraphAnswer | undefined {
  if (fault.noEffect) return { status: 204 };
  const retry: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "Retry-After": String(fault.retryAfter) };
  const headers = { ...retry, ...fault.headers };
  if (fault.body !== undefined) return { status: fault.status ?? 200, headers, body: fault.body };
  if (fault.status === undefined) return undefined;
  return refusalAnswer(refusalFor(fault.status, fault.code, fault.message, headers), record);
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
