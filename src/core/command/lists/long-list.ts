import { type Reading, readCommand } from "../read-command.js";
import type { Saying } from "../sayings.js";
import { withoutHead, withoutTail } from "../sentence/undress.js";
import { type Word, wordsOf } from "../words.js";

/** So far a text is read to see whether it begins like a list at all. */
const BEGINNING_CHARACTERS = 300;

/** 500 entries have fewer: a name of some words, an AAGUID and some columns each. */
const SEPARATORS: ReadonlySet<string> = new Set(" \n\r\t,，;；|");
const MOST_SEPARATING_CHARACTERS = 6_000;

/** A list that is longer than any sentence, and how it was read. */
export interface LongList {
  readonly said: readonly Word[];
  readonly sayings: readonly Saying[];
  readonly reading: Reading;
}

/**
 * A text that is longer than any sentence is a list of models or nothing: it is read whole only when it begins with the
 * words for one, so that other long texts take no time.
 */
export function longList(text: string, all: readonly Saying[]): LongList | undefined {
  const beginning = withoutHead(wordsOf(text.slice(0, BEGINNING_CHARACTERS)));
  const sayings = all.filter(({ row, phrase }) => row.takes === "models" && begins(beginning, phrase.before));
  if (sayings.length === 0 || hasTooManyParts(text)) return undefined;
  const said = withoutHead(withoutTail(wordsOf(text)));
  const reading = readCommand(said, sayings);
  return reading && { said, sayings, reading };
}

function begins(words: readonly Word[], before: readonly string[]): boolean {
  return before.every((word, at) => words[at]?.lower === word && !words[at].quoted);
}

function hasTooManyParts(text: string): boolean {
  let parts = 0;
  for (const sign of text) if (SEPARATORS.has(sign)) parts += 1;
  return parts > MOST_SEPARATING_CHARACTERS;
}
