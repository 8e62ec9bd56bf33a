import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../../json.js";

/** One value in three policies: today's, and the two between which something is taken back. undefined: not there. */
export interface Three<Value = Json | undefined> {
  readonly today: Value;
  readonly from: Value;
  readonly to: Value;
}

/** As a whole: `to` where the other two differ in what counts, else today's, in today's spelling. */
export function whole(
  { today, from, to }: Three,
  comparable: (value: Json) => Json = (value) => value,
): Json | undefined {
  const text = (value: Json | undefined) =>
    value === undefined ? undefined : canonicalJson(comparable(value));
  return text(from) === text(to) || text(today) === text(to) ? today : to;
}

/** An object member by member. undefined: the member goes. */
export function eachMember(
  { today, from, to }: Three<JsonObject>,
  take: (key: string, value: Three) => Json | undefined,
): JsonObject {
  const result = new Map(Object.entries(today));
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const left = take(key, { today: own(today, key), from: own(from, key), to: own(to, key) });
    if (left === undefined) result.delete(key);
    else result.set(key, left);
  }
  return Object.fromEntries(result);
}

/** A value of which nothing is known: objects member by member, down to what is no object. */
export function unnamed(value: Three): Json | undefined {
  return areObjects(value) ? eachMember(value, (_, member) => unnamed(member)) : whole(value);
}

/** A list of texts that is a set: case, order and doubled entries do not count. */
export function texts(value: Three): Json | undefined {
  const { today = [], from = [], to = [] } = value;
  if (!isTexts(today) || !isTexts(from) || !isTexts(to)) return whole(value);
  const left = takeTexts({ today, from, to });
  return left === today ? value.today : left;
}

/** The same with commas between, in one text. */
export function commaTexts(value: Three): Json | undefined {
  const { today, from, to } = value;
  if (typeof today !== "string" || typeof from !== "string" || typeof to !== "string") return whole(value);
  const now = words(today);
  const left = takeTexts({ today: now, from: words(from), to: words(to) });
  return left === now ? today : left.join(",");
}

/** @returns the very list of today when nothing changes */
function takeTexts({ today, from, to }: Three<readonly string[]>): readonly string[] {
  const [was, wanted] = [new Set(from.map(spelled)), new Set(to.map(spelled))];
  const kept = today.filter((text) => !was.has(spelled(text)) || wanted.has(spelled(text)));
  const present = new Set(kept.map(spelled));
  const back = to.filter((text, at) => {
    const isFirst = to.findIndex((other) => spelled(other) === spelled(text)) === at;
    return isFirst && !was.has(spelled(text)) && !present.has(spelled(text));
  });
  return kept.length === today.length && back.length === 0 ? today : [...kept, ...back];
}

/** Whether the value is an object in all three. */
export function areObjects(value: Three): value is Three<JsonObject> {
  return isJsonObject(value.today) && isJsonObject(value.from) && isJsonObject(value.to);
}

function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === "string");
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function words(text: string): readonly string[] {
  return text.split(",").flatMap((word) => (word.trim() === "" ? [] : [word.trim()]));
}

const spelled = (text: string): string => text.trim().toLowerCase();
