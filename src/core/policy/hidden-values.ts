import { Fault } from "../errors.js";
import { isJsonObject, type Json, type JsonObject } from "../json.js";

/**
 * The word that Graph says in place of one that was added to an enumeration later. A client that asks for all words does not
 * get it, and no client may send it: https://learn.microsoft.com/graph/best-practices-concept#handling-future-members-in-evolvable-enumerations
 */
const HIDDEN = "unknownFutureValue";

/**
 * Where a configuration says that a value is kept from us, as a path; undefined: nowhere. What is in a profile's name was
 * written by a person.
 */
export function hiddenValueIn(value: Json, path = ""): string | undefined {
  if (typeof value === "string")
    return value.split(",").some((word) => word.trim() === HIDDEN) ? path : undefined;
  if (Array.isArray(value)) return first(value.map((entry: Json) => hiddenValueIn(entry, path)));
  if (!isJsonObject(value)) return undefined;
  const members = Object.entries(value).filter(([name]) => name !== "name" && !name.includes("@odata."));
  return first(
    members.map(([name, member]) => hiddenValueIn(member, path === "" ? name : `${path}.${name}`)),
  );
}

function first(found: readonly (string | undefined)[]): string | undefined {
  return found.find((path) => path !== undefined);
}

/**
 * A change of a policy that is known in part could take away what is not known, and sent back it would be a word that means
 * nothing. @throws Fault `policy-unreadable` naming the member
 */
export function demandNothingHidden(policy: JsonObject): void {
  const path = hiddenValueIn(policy);
  if (path === undefined) return;
  throw new Fault(
    "policy-unreadable",
    `The policy's ${path} should be what it is, but Graph sent "${HIDDEN}" in place of a word that it did not name.`,
  );
}
