import type { Json, JsonObject } from "../../../src/core/json.js";
import { badRequest } from "../graph-error.js";

export const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const PASSKEY_TYPES = ["deviceBound", "synced"];

/** Annotations are not properties; anything else has to be known. @throws GraphRefusal */
export function refuseUnknown(value: JsonObject, known: readonly string[], type: string): void {
  for (const name of Object.keys(value)) {
    if (name.includes("@odata.") || known.includes(name)) continue;
    throw badRequest(
      `The property '${name}' does not exist on type 'microsoft.graph.${type}'. Make sure to only use property names that are defined by the type.`,
    );
  }
}

export function booleanOf(value: Json, name: string): boolean {
  if (typeof value !== "boolean") throw badRequest(`Property '${name}' must be a Boolean.`);
  return value;
}

export function textOf(value: Json, name: unknown): string {
  if (typeof value !== "string" || value === "") throw badRequest(`Property '${name}' must be a String.`);
  return value;
}

export function idOf(value: Json): string {
  if (typeof value !== "string" || !GUID.test(value)) throw badRequest(`'${String(value)}' is not a GUID.`);
  return value.toLowerCase();
}

export function listOf(value: Json, name: string): readonly Json[] {
  if (!Array.isArray(value)) throw badRequest(`Property '${name}' must be a collection.`);
  return value;
}

/** One of the members of an enumeration; `unknownFutureValue` is never accepted from a client. */
export function oneOf<const T extends string>(value: Json, name: string, members: readonly T[]): T {
  const member = members.find((one) => one === value);
  if (member === undefined) throw badRequest(`Invalid value for '${name}': ${JSON.stringify(value)}.`);
  return member;
}

export function aaguidsOf(value: Json, name: string): string[] {
  return listOf(value, name).map((item) => {
    if (typeof item === "string" && GUID.test(item)) return item;
    throw badRequest(`Invalid AAGUID in '${name}': ${JSON.stringify(item)}.`);
  });
}

/**
 * A flags enumeration: members in any order, told back in the order of their values.
 * @param later members that were added later, in that order
 */
export function passkeyTypesOf(value: Json, name: string, later: readonly string[]): string {
  const known = [...new Set([...PASSKEY_TYPES, ...later])];
  const members = textOf(value, name)
    .split(",")
    .map((member) => member.trim());
  const unknown = members.find((member) => !known.includes(member));
  if (unknown !== undefined) throw badRequest(`Invalid value for '${name}': '${unknown}'.`);
  return known.filter((type) => members.includes(type)).join(",");
}
