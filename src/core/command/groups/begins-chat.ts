import { isOrdinaryWord } from "../ordinary-words.js";
import type { Word } from "../words.js";

const ARTICLE = /^(?:the|our|all)$/;
/** What a group is called behind its name. */
const KIND = /^(?:groups?|teams?|department)[.,!?]*$/;
const CAPITAL = /^\p{Lu}/u;
/** A longer text after an article is a story. */
const NAME_AT_MOST_WORDS = 6;

/**
 * Whether these words are about something else than a group: they begin with an ordinary word that is no article before
 * a name. "The Helpdesk" and "the security team" are names, "the coffee machine" is not.
 */
export function beginsChat(words: readonly Word[]): boolean {
  const [first, ...others] = words;
  if (first === undefined || first.quoted || !isOrdinaryWord(first.lower)) return false;
  const name = others.slice(0, NAME_AT_MOST_WORDS);
  const isNamed = name.some(({ lower, quoted }) => !quoted && KIND.test(lower));
  return !(ARTICLE.test(first.lower) && (isNamed || CAPITAL.test(name[0]?.raw ?? "")));
}
