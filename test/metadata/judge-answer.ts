import { isJsonObject, type Json, type JsonObject } from "../../src/core/json.js";
import type { Answer } from "./exchange.js";
import type { Resource } from "./judge-path.js";
import { selected } from "./judge-query.js";
import { judgeObject, type Terms } from "./judge-value.js";
import { derivesFrom } from "./metadata.js";

export interface Asked {
  readonly method: string;
  readonly resource: Resource;
  readonly query: URLSearchParams;
}

const JSON_TYPE = /^application\/json\b/i;

/** What is wrong with an answer to a request for the resource. */
export function judgeAnswer(
  terms: Terms,
  asked: Asked,
  { status, headers, body }: Answer,
): readonly string[] {
  const { method, resource } = asked;
  if (status >= 400) return judgeRefusal(headers, body);
  const wanted: readonly number[] = method === "GET" ? [200] : [200, 204];
  if (!wanted.includes(status)) return [`${status} is no answer to a ${method}`];
  if (status === 204) return body === "" ? [] : ["204 comes with a body"];
  if (resource.is === "count")
    return /^\d+$/.test(body) ? [] : [`a count is a number, not ${body.slice(0, 80)}`];
  const value = readJson(headers, body);
  if (typeof value === "string") return [value];
  const context = judgeContext(value);
  return [
    ...context,
    ...(resource.is === "collection" ? judgePage(terms, asked, value) : judgeThing(terms, asked, value, "")),
  ];
}

function readJson(headers: Answer["headers"], body: string): JsonObject | string {
  const type = headers["content-type"] ?? "";
  if (!JSON_TYPE.test(type)) return `the answer is '${type}' and not JSON`;
  const value = parsed(body);
  return isJsonObject(value) ? value : "the answer is no JSON object";
}

export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function judgeContext({ "@odata.context": context }: JsonObject): readonly string[] {
  const isOne = typeof context === "string" && /^https:\/\/[^/]+\/v1\.0\/\$metadata#\S+$/.test(context);
  return isOne ? [] : [`@odata.context is no link into the metadata: ${JSON.stringify(context)}`];
}

/** One thing: of what was selected all and nothing else, and what is never null in any case. */
function judgeThing(
  terms: Terms,
  { resource: { type }, query }: Asked,
  value: JsonObject,
  where: string,
): readonly string[] {
  const names = selected(query);
  // Of the directory's things Graph sends the usual properties unasked, not all (documented).
  const isWhole = names === undefined && !derivesFrom(terms.metadata, type, "directoryObject");
  const wrong = judgeObject(terms, type, value, { where, isWhole });
  if (names === undefined) return wrong;
  const at = (name: string) => (where === "" ? name : `${where}.${name}`);
  const beyond = Object.keys(value).filter((name) => !name.includes("@") && !names.includes(name));
  const missing = names.filter((name) => !Object.hasOwn(value, name));
  return [
    ...wrong,
    ...beyond.map((name) => `${at(name)} was not selected`),
    ...missing.map((name) => `${at(name)} was selected and is not there`),
  ];
}

const OF_A_PAGE: ReadonlySet<string> = new Set([
  "@odata.context",
  "@odata.count",
  "@odata.nextLink",
  "value",
]);

function judgePage(terms: Terms, asked: Asked, page: JsonObject): readonly string[] {
  const { value, "@odata.count": count, "@odata.nextLink": next } = page;
  if (!Array.isArray(value)) return ["a page without a list of its values"];
  const { query } = asked;
  const isFurther = query.has("$skiptoken");
  const isCounted = query.get("$count") === "true";
  const top = query.get("$top");
  const countIsWrong = count === undefined ? isCounted && !isFurther : !isCounted || !Number.isInteger(count);
  return [
    ...Object.keys(page)
      .filter((name) => !OF_A_PAGE.has(name))
      .map((name) => `${name} does not belong to a page`),
    ...(countIsWrong
      ? [`@odata.count is ${JSON.stringify(count)} where $count is ${query.get("$count")}`]
      : []),
    ...(next === undefined || isNextLink(next)
      ? []
      : [`@odata.nextLink is no link: ${JSON.stringify(next)}`]),
    ...(top !== null && value.length > Number(top)
      ? [`${value.length} values are more than $top=${top}`]
      : []),
    ...value.flatMap((each, at) =>
      isJsonObject(each) ? judgeThing(terms, asked, each, `value[${at}]`) : [`value[${at}] is no object`],
    ),
  ];
}

function isNextLink(next: Json): boolean {
  return typeof next === "string" && /^https:\/\/[^/]+\/v1\.0\/\S+[?&]\$skiptoken=\S+$/.test(next);
}

/** https://learn.microsoft.com/graph/errors */
function judgeRefusal(headers: Answer["headers"], body: string): readonly string[] {
  const value = readJson(headers, body);
  if (typeof value === "string") return [value];
  const { error, ...beside } = value;
  if (!isJsonObject(error)) return ["a refusal without an error"];
  const { code, message, innerError = {}, details: _, ...more } = error;
  const strange = [...Object.keys(beside), ...Object.keys(more)];
  return [
    ...(typeof code === "string" && code !== "" ? [] : ["an error without a code"]),
    ...(typeof message === "string" ? [] : ["an error without a message"]),
    ...(isJsonObject(innerError) ? [] : ["error.innerError is no object"]),
    ...strange.map((name) => `${name} does not belong to a refusal`),
  ];
}
