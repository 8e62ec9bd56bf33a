import type { Word } from "./words.js";

/** A way to say a command: its words, which the argument follows or parts in two. */
export interface Phrase {
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Its own words. */
  readonly text: string;
  /** The same without blanks. */
  readonly letters: string;
  /** The argument has its place, so the phrase means nothing without one. */
  readonly hasGap: boolean;
}

const GAP = "#";

/** `show policy`, or with a gap for a number: `put drift # back`. */
export function phraseOf(said: string): Phrase {
  const words = said.split(" ");
  const gap = words.indexOf(GAP);
  if (gap === -1)
    return { before: words, after: [], text: said, letters: said.replaceAll(" ", ""), hasGap: false };
  const [before, after] = [words.slice(0, gap), words.slice(gap + 1)];
  const own = [...before, ...after];
  return { before, after, text: own.join(" "), letters: own.join(""), hasGap: true };
}

/** How many words a phrase has. */
export function lengthOf({ before, after }: Phrase): number {
  return before.length + after.length;
}

/** What stands with the phrase in a text. undefined: the text does not say it. */
export function restOf(words: readonly Word[], phrase: Phrase): readonly Word[] | undefined {
  const { before, after } = phrase;
  if (words.length < lengthOf(phrase)) return undefined;
  // A number that stands alone has to bear its sign: `42` is chat.
  if (lengthOf(phrase) === 0 && !words[0]?.lower.startsWith(GAP)) return undefined;
  const end = words.length - after.length;
  const isSaid =
    before.every((word, at) => says(words[at], word)) &&
    after.every((word, at) => says(words[end + at], word));
  return isSaid ? words.slice(before.length, end) : undefined;
}

/** What is in quotes is a name. */
function says(word: Word | undefined, text: string): boolean {
  return word?.lower === text && !word.quoted;
}
