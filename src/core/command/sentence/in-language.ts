import type { Parsed } from "../command.js";
import type { Understand } from "../read-command.js";
import { type Word, wordsOf } from "../words.js";
import { fromLanguage } from "./languages.js";

/** What is said in another language and only looks is shown; a change is offered in English. */
export function inLanguage(words: readonly Word[], understand: Understand): Parsed | undefined {
  const offers = fromLanguage(words);
  if (offers === undefined) return undefined;
  const [only, ...others] = offers.map((offer) => understand(wordsOf(offer)));
  if (others.length === 0 && only?.row.looks && only.outcome.kind === "command") return only.outcome;
  return { kind: "reply", reply: { code: "language", offers } };
}
