import { beginsChat } from "../groups/begins-chat.js";
import type { Reader } from "../reader.js";
import { asWritten, type Word } from "../words.js";

const BETWEEN: ReadonlySet<string> = new Set(["to", "with", "by", "for", "->", "→"]);
/** Two names; more is a story. */
const WORDS_AT_MOST = 14;

/** "Pilot to Helpdesk", "Pilot with Helpdesk": what goes, and what comes in its place. */
export const readExchange: Reader<"exchange"> = (_, rest) => {
  const at = rest.findIndex(({ lower, quoted }) => !quoted && BETWEEN.has(lower));
  const [from, to] = [rest.slice(0, Math.max(at, 0)), rest.slice(at + 1)];
  if (!isName(from) || !isName(to) || rest.length > WORDS_AT_MOST) return undefined;
  return { kind: "arguments", arguments: { from: asWritten(from), to: asWritten(to) } };
};

const isName = (words: readonly Word[]): boolean => words.length > 0 && !beginsChat(words);
