import { takeNames } from "../groups/group-names.js";
import type { Reader } from "../reader.js";
import type { Word } from "../words.js";

const BETWEEN: ReadonlySet<string> = new Set(["and", "with", "to", "vs", "versus"]);

/**
 * "Profiles Default and Synced", "the profiles": names, or none. Without the word for what they are anything may be
 * meant.
 */
export const readCompared: Reader<"compared"> = (row, rest) => {
  const isSaid = row.says[0] === "compare profiles" || rest.some(isKind);
  const words = rest.filter((word) => !isKind(word) && !isArticle(word));
  if (!isSaid) return undefined;
  if (words.length === 0) return { kind: "arguments", arguments: { profiles: [] } };
  const joined = words.map((word) =>
    !word.quoted && BETWEEN.has(word.lower) ? { ...word, lower: "and", text: "and", raw: "and" } : word,
  );
  const { names } = takeNames(joined, true, () => false);
  return names.length < 2 ? undefined : { kind: "arguments", arguments: { profiles: names } };
};

const isKind = ({ lower, quoted }: Word): boolean => !quoted && /^profiles?[?]*$/.test(lower);
const isArticle = ({ lower, quoted }: Word): boolean => !quoted && ["the", "our", "passkey"].includes(lower);
