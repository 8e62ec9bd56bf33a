import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import { type Exchange, nameOf } from "./exchange.js";
import { judgeAnswer, parsed } from "./judge-answer.js";
import { judgeBatch } from "./judge-batch.js";
import { judgePath, type Resource } from "./judge-path.js";
import { judgeQuery } from "./judge-query.js";
import { judgeObject, type Terms } from "./judge-value.js";
import type { Metadata } from "./metadata.js";

export interface JudgeOptions {
  readonly metadata: Metadata;
  /** Names that a tenant of a later Graph has, which a test made up; none when left out. */
  readonly isOfLaterGraph?: (name: string) => boolean;
  /** The answer was spoilt on purpose, so that only the request is judged. */
  readonly onlyRequest?: boolean;
}

const VERSION = "/v1.0";
const UNKNOWN_MEMBERS = /\binclude-unknown-enum-members\b/;

/** What is wrong with a request to Graph and its answer, by Microsoft's metadata; each line begins with the request. */
export function judgeExchange(options: JudgeOptions, exchange: Exchange): readonly string[] {
  return verdicts(options, exchange).map((verdict) => `${nameOf(exchange)}: ${verdict}`);
}

function verdicts(options: JudgeOptions, exchange: Exchange): readonly string[] {
  const { method, target, answer } = exchange;
  const [path = "", search = ""] = target.split(/\?(.*)/s);
  if (!path.startsWith(`${VERSION}/`)) return [`the path is not below ${VERSION}`];
  if (path === `${VERSION}/$batch`) return judgeBatch(options, exchange, judgeExchange);
  const resource = judgePath(options.metadata, path.slice(VERSION.length));
  if (typeof resource === "string") return [resource];
  const query = new URLSearchParams(search);
  const asked = { method, resource, query };
  const [ofRequest, ofAnswer] = termsOf(options, exchange);
  return [
    ...judgeQuery(options.metadata, resource, query),
    ...judgeIndex(exchange, resource, query),
    ...judgeMethod(ofRequest, exchange, resource),
    ...(options.onlyRequest ? [] : judgeAnswer(ofAnswer, asked, answer)),
  ];
}

function termsOf(
  { metadata, isOfLaterGraph = () => false }: JudgeOptions,
  { headers }: Exchange,
): readonly [Terms, Terms] {
  const bearsUnknownMembers = UNKNOWN_MEMBERS.test(headers.prefer ?? "");
  const common = { metadata, isOfLaterGraph, bearsUnknownMembers };
  return [
    { ...common, side: "request" },
    { ...common, side: "answer" },
  ];
}

/** Casts and counts of the directory go by its index (documented): https://learn.microsoft.com/graph/aad-advanced-queries */
function judgeIndex(
  { headers }: Exchange,
  { isCast, is }: Resource,
  query: URLSearchParams,
): readonly string[] {
  const needsIndex = isCast || is === "count" || query.get("$count") === "true";
  return [
    ...(needsIndex && headers.consistencylevel !== "eventual"
      ? ["it needs 'ConsistencyLevel: eventual'"]
      : []),
    ...(isCast && is === "collection" && !query.has("$count") ? ["a cast needs $count=true"] : []),
  ];
}

function judgeMethod(
  terms: Terms,
  { method, headers, body }: Exchange,
  resource: Resource,
): readonly string[] {
  if (method === "GET") return body === "" ? [] : ["a GET comes with a body"];
  if (method !== "PATCH") return [`${method} is no way to deal with ${resource.type}`];
  if (resource.is !== "one") return [`a ${resource.is} of ${resource.type} cannot be changed with PATCH`];
  return judgeSent(terms, headers["content-type"], parsed(body), resource.type);
}

function judgeSent(
  terms: Terms,
  contentType: string | undefined,
  body: Json | undefined,
  type: string,
): readonly string[] {
  if (!/^application\/json\b/i.test(contentType ?? ""))
    return [`what is sent is '${contentType}' and not JSON`];
  if (!isJsonObject(body)) return ["what is sent is no JSON object"];
  return [
    ...judgeObject(terms, type, body, { where: "", isWhole: false }),
    ...(changes(body) ? [] : ["it changes nothing"]),
  ];
}

function changes(body: JsonObject): boolean {
  return Object.keys(body).some((name) => !name.includes("@"));
}
