/** Plain JSON, as it came over a wire or out of the store. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** The type itself where it holds nothing that JSON has no form for: no function, no `undefined` that is written out. */
type MadeOfJson<T> = T extends Json
  ? T
  : T extends (...given: never) => unknown
    ? never
    : T extends object
      ? { readonly [Member in keyof T]: MadeOfJson<T[Member]> }
      : never;

/** The same value as JSON: the compiler has looked through its type, which says more than "some object". */
export function asJson<T>(value: T & MadeOfJson<T>): Json {
  return value as Json;
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member the value has itself: of a name from outside, such as `constructor`, every object seems to have one. */
export function memberOf(value: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Text as it is, anything else in JSON: what stands where text is expected and is none, never read by its own `toString`. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : canonicalJson(value ?? null);
}

/** The same JSON with the keys of every object in order: two values that differ only in key order print the same. */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  let members = "";
  for (const key of Object.keys(value).sort()) {
    const member = `${JSON.stringify(key)}:${canonicalJson(memberOf(value, key) ?? null)}`;
    members = members === "" ? member : `${members},${member}`;
  }
  return `{${members}}`;
}
