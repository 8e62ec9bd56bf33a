import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { badRequest, GraphRefusal } from "./graph-error.js";
import type { Caller, GraphAnswer } from "./graph-exchange.js";
import {
  type Arrival,
  answerArrival,
  answerOfFault,
  answerOrRefuse,
  type GraphService,
  openRecord,
  sleep,
} from "./graph-service.js";
import type { OpenRecord } from "./request-log.js";

/** Documented. */
const MAX_ITEMS = 20;

interface BatchItem {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  readonly dependsOn: readonly string[];
}
interface ItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/**
 * Answers every item by itself, in the order the reading says (documented: any, correlate by id). The
 * batch's 200 says nothing about its items. @throws GraphRefusal when the batch as such is malformed
 */
export async function answerBatch(
  service: GraphService,
  arrival: Arrival,
  caller: Caller,
  record: OpenRecord,
): Promise<GraphAnswer> {
  const items = readItems(arrival.body);
  const answers = new Map<string, ItemAnswer | undefined>();
  for (const item of items) {
    const failed = item.dependsOn.some((id) => (answers.get(id)?.status ?? 424) >= 400);
    answers.set(item.id, failed ? dependencyFailed(item) : await answerItem(service, item, caller, record));
  }
  const answered = [...answers.values()].filter((answer) => answer !== undefined);
  const kept = service.world.readings.batchOrder === "kept";
  return { status: 200, body: { responses: kept ? answered : shuffled(answered) } };
}

/** A fixed shuffle: every other item first, from the end. */
function shuffled<T>(items: readonly T[]): T[] {
  const reversed = items.toReversed();
  return [
    ...reversed.filter((_, index) => index % 2 === 0),
    ...reversed.filter((_, index) => index % 2 === 1),
  ];
}

function readItems(body: Json | undefined): readonly BatchItem[] {
  const requests = isJsonObject(body) ? body.requests : undefined;
  if (!Array.isArray(requests)) throw badRequest("The batch needs a collection 'requests'.");
  if (requests.length > MAX_ITEMS)
    throw badRequest(`The batch holds ${requests.length} of at most ${MAX_ITEMS}.`);
  const items = requests.map(readItem);
  const ids = items.map((item) => item.id.toLowerCase());
  if (new Set(ids).size < ids.length) throw badRequest("Two requests of the batch have the same id.");
  return items;
}

function readItem(item: Json): BatchItem {
  if (!isJsonObject(item)) throw badRequest("A request of the batch must be an object.");
  const { id, method, url, headers, body, dependsOn } = item;
  if (typeof id !== "string" || id === "") throw badRequest("A request of the batch needs an id.");
  if (typeof method !== "string") throw badRequest(`Request '${id}' of the batch needs a method.`);
  if (typeof url !== "string" || /^\w+:/.test(url)) throw badRequest(`Request '${id}' needs a relative url.`);
  return {
    id,
    method: method.toUpperCase(),
    url: `/v1.0/${url.replace(/^\//, "")}`,
    headers: lowerCaseNames(headers),
    body,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
  };
}

function lowerCaseNames(headers: Json | undefined): Readonly<Record<string, string>> {
  const all = isJsonObject(headers) ? Object.entries(headers as JsonObject) : [];
  return Object.fromEntries(all.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

const JSON_HEADERS = { "Content-Type": "application/json" };

/** undefined: a fault leaves the item out of the answer. */
async function answerItem(
  service: GraphService,
  item: BatchItem,
  caller: Caller,
  batch: OpenRecord,
): Promise<ItemAnswer | undefined> {
  const { method, url: target, headers, body } = item;
  const arrival = { method, target, headers, body, caller, batch: batch.requestId };
  const record = openRecord(service, arrival);
  const fault = service.faults.strike({ method, path: record.path, caller, inBatch: true });
  if (fault?.delayMs !== undefined) await sleep(fault.delayMs);
  const answer =
    (fault === undefined ? undefined : answerOfFault(fault, record)) ??
    answerOrRefuse(record, () => {
      refuseBodyWithoutType(item);
      return answerArrival(service, arrival, caller, record);
    });
  if (fault?.omit) return undefined;
  service.log.answered(record, answer.status);
  return {
    id: item.id,
    status: answer.status,
    headers: { ...(answer.body === undefined ? {} : JSON_HEADERS), ...answer.headers },
    ...(answer.body === undefined ? {} : { body: answer.body }),
  };
}

function refuseBodyWithoutType({ body, headers, id, url }: BatchItem): void {
  if (url.toLowerCase().startsWith("/v1.0/$batch")) throw badRequest("A batch cannot hold a batch.");
  if (body === undefined || headers["content-type"]?.startsWith("application/json")) return;
  throw new GraphRefusal(400, "badRequest", `Request '${id}' has a body and needs the header Content-Type.`);
}

function dependencyFailed({ id }: BatchItem): ItemAnswer {
  const error = { code: "FailedDependency", message: "A request this one depends on has failed." };
  return { id, status: 424, headers: JSON_HEADERS, body: { error } };
}
