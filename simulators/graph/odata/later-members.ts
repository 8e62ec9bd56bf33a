import type { GraphRequest } from "../graph-exchange.js";

/** What stands in place of a word that was added later (documented). */
const HIDDEN = "unknownFutureValue";

/** Words of each evolvable enumeration that every client gets; metadata of v1.0. `state` is none, so its words always show. */
const FIRST_WORDS: Readonly<Record<string, readonly string[]>> = {
  attestationEnforcement: ["disabled", "registrationOnly"],
  attestationLevel: ["attested", "notAttested"],
  enforcementType: ["allow", "block"],
  passkeyType: ["deviceBound", "synced"],
  passkeyTypes: ["deviceBound", "synced"],
  targetType: ["group", "user"],
};

/**
 * The value as this client gets it: without `Prefer: include-unknown-enum-members` words that were added to an enumeration
 * later are hidden. https://learn.microsoft.com/graph/best-practices-concept#handling-future-members-in-evolvable-enumerations
 */
export function forClient<T>({ headers }: Pick<GraphRequest, "headers">, value: T): T {
  const bearsAll = /\binclude-unknown-enum-members\b/.test(headers.prefer ?? "");
  return bearsAll ? value : (hidden(undefined, value) as T);
}

function hidden(name: string | undefined, value: unknown): unknown {
  const words = name === undefined ? undefined : FIRST_WORDS[name];
  if (typeof value === "string" && words !== undefined) return hiddenWords(value, words);
  if (Array.isArray(value)) return value.map((each) => hidden(undefined, each));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([member, each]) => [member, hidden(member, each)]));
}

function hiddenWords(text: string, words: readonly string[]): string {
  const shown = text.split(",").map((word) => (words.includes(word) ? word : HIDDEN));
  return [...new Set(shown)].join(",");
}
