import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import type { Exchange } from "./exchange.js";
import { parsed } from "./judge-answer.js";
import type { JudgeOptions } from "./judge-exchange.js";

/** Documented: https://learn.microsoft.com/graph/json-batching */
const MAX_ITEMS = 20;
const OF_A_REQUEST: ReadonlySet<string> = new Set(["id", "method", "url", "headers", "body", "dependsOn"]);
const OF_A_RESPONSE: ReadonlySet<string> = new Set(["id", "status", "headers", "body"]);

type Judge = (options: JudgeOptions, exchange: Exchange) => readonly string[];

/** What is wrong with a batch as such, and with each of its items as a request of its own. */
export function judgeBatch(options: JudgeOptions, exchange: Exchange, judge: Judge): readonly string[] {
  const { method, headers, body, answer } = exchange;
  if (method !== "POST") return [`${method} is no way to send a batch`];
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) return ["a batch has to be JSON"];
  const requests = listIn(parsed(body), "requests");
  if (requests === undefined) return ["a batch without a list of requests"];
  const ids = requests.map(({ id }) => id);
  const asked = [
    ...(requests.length >= 1 && requests.length <= MAX_ITEMS ? [] : [`${requests.length} items in a batch`]),
    ...(new Set(ids).size === ids.length ? [] : ["two items of one id"]),
    ...requests.flatMap(judgeShape),
  ];
  if (asked.length > 0) return asked;
  if (options.onlyRequest || answer.status !== 200) {
    return requests.flatMap((request) => judge({ ...options, onlyRequest: true }, exchangeOf(request, {})));
  }
  const responses = listIn(parsed(answer.body), "responses");
  if (responses === undefined) return ["an answer to a batch without a list of responses"];
  return [...judgeResponses(requests, responses), ...judgeItems(options, requests, responses, judge)];
}

function listIn(value: Json | undefined, name: string): readonly JsonObject[] | undefined {
  const list = isJsonObject(value) ? value[name] : undefined;
  return Array.isArray(list) && list.every((each) => isJsonObject(each))
    ? (list as readonly JsonObject[])
    : undefined;
}

function judgeShape(request: JsonObject): readonly string[] {
  const { id, method, url, body, headers } = request;
  const type = isJsonObject(headers) ? lowerCase(headers)["content-type"] : undefined;
  return [
    ...(typeof id === "string" && id !== "" ? [] : ["an item without an id"]),
    ...(typeof method === "string" ? [] : ["an item without a method"]),
    ...(typeof url === "string" && /^\/(?!v1\.0\/|\$batch)/.test(url)
      ? []
      : [`no url of an item: ${JSON.stringify(url)}`]),
    ...(body === undefined || type !== undefined ? [] : ["an item with a body and no Content-Type"]),
    ...Object.keys(request)
      .filter((name) => !OF_A_REQUEST.has(name))
      .map((name) => `${name} does not belong to an item`),
  ];
}

function judgeResponses(
  requests: readonly JsonObject[],
  responses: readonly JsonObject[],
): readonly string[] {
  const answered = responses.map(({ id }) => id);
  return [
    ...requests
      .filter(({ id }) => answered.filter((each) => each === id).length !== 1)
      .map(({ id }) => `item ${id} is not answered once`),
    ...answered
      .filter((id) => !requests.some((request) => request.id === id))
      .map((id) => `an answer to item ${id}, which is none`),
    ...responses.flatMap((response) =>
      Object.keys(response)
        .filter((name) => !OF_A_RESPONSE.has(name))
        .map((name) => `${name} does not belong to an item's answer`),
    ),
    ...responses
      .filter(({ status }) => !Number.isInteger(status))
      .map(({ id }) => `item ${id} is answered without a status`),
  ];
}

function judgeItems(
  options: JudgeOptions,
  requests: readonly JsonObject[],
  responses: readonly JsonObject[],
  judge: Judge,
): readonly string[] {
  return requests.flatMap((request) => {
    const response = responses.find(({ id }) => id === request.id);
    return judge({ ...options, onlyRequest: response === undefined }, exchangeOf(request, response ?? {}));
  });
}

/** The item as if it had been sent alone. */
function exchangeOf({ method, url, headers, body }: JsonObject, response: JsonObject): Exchange {
  return {
    method: String(method),
    target: `/v1.0${String(url)}`,
    headers: isJsonObject(headers) ? lowerCase(headers) : {},
    body: textOf(body),
    answer: {
      status: Number(response.status),
      headers: isJsonObject(response.headers) ? lowerCase(response.headers) : {},
      body: textOf(response.body),
    },
  };
}

function textOf(body: Json | undefined): string {
  return body === undefined ? "" : JSON.stringify(body);
}

function lowerCase(headers: JsonObject): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
