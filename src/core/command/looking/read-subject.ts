import type { Reader } from "../reader.js";
import { asWritten, type Word } from "../words.js";

/** What stands before a name and says what sort of thing it is. */
const SORTS = {
  person: "person",
  user: "person",
  group: "group",
  model: "model",
  key: "model",
  profile: "profile",
} as const;

/** A span of time is asked for in other words. */
const NO_NAMES: ReadonlySet<string> = new Set(["it", "that", "this", "everything", "changes", "plans"]);
const SPAN = /^(the |last |past |this )+(day|week|month|year|hour|\d)|^(today|yesterday)\b/;

/** A person, a group, a model or a profile, by its name. */
export const readSubject: Reader<"subject"> = (_, rest) => {
  const words = rest[0]?.lower === "the" && !rest[0].quoted ? rest.slice(1) : rest;
  const [first] = words;
  const sort = first === undefined || first.quoted ? undefined : sortOf(first);
  const typed = nameIn(sort === undefined || words.length === 1 ? words : words.slice(1));
  if (typed === "" || NO_NAMES.has(typed.toLowerCase()) || SPAN.test(asWritten(rest).toLowerCase()))
    return undefined;
  const said = sort === undefined || words.length === 1 ? {} : { sort };
  return { kind: "arguments", arguments: { typed, ...said } };
};

function sortOf({ lower }: Word): (typeof SORTS)[keyof typeof SORTS] | undefined {
  return Object.hasOwn(SORTS, lower) ? SORTS[lower as keyof typeof SORTS] : undefined;
}

const nameIn = (words: readonly Word[]): string => asWritten(words).replace(/[?\s]+$/, "");
