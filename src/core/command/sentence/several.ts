import type { Word } from "../words.js";

/** Words between two requests. */
const JOINS: ReadonlySet<string> = new Set([
  "and",
  "then",
  "also",
  "afterwards",
  "plus",
  "&",
  "&&",
  "but",
  "or",
]);
/** Where a second request is looked for: a list of names has many places that look like one. */
const LOOKED_AT = 12;

/** Two requests in one message, and what each of them says. */
export interface Several {
  readonly first: readonly Word[];
  readonly second: readonly Word[];
}

/**
 * Where a message goes on with a second request, if it does.
 * @param begins whether a request begins with this word
 * @param isRequest whether these words are one, as they stand
 */
export function severalIn(
  words: readonly Word[],
  begins: (word: Word) => boolean,
  isRequest: (words: readonly Word[]) => boolean,
): Several | undefined {
  let looked = 0;
  for (let at = 1; at < words.length && looked < LOOKED_AT; at++) {
    const word = words[at];
    if (word === undefined || word.quoted || !begins(word)) continue;
    const end = endOfFirst(words, at);
    if (end === undefined || end === 0) continue;
    looked += 1;
    const [first, second] = [closed(words.slice(0, end)), words.slice(at)];
    if (isRequest(first) && isRequest(second)) return { first, second };
  }
  return undefined;
}

/** Where what stands before this word ends: before words that join, or behind a sign that parts. undefined: it does not. */
function endOfFirst(words: readonly Word[], at: number): number | undefined {
  let end = at;
  while (end > 0 && JOINS.has(words[end - 1]?.lower ?? "") && !words[end - 1]?.quoted) end -= 1;
  const before = words[end - 1];
  const isParted =
    before !== undefined && (before.comma || /[.;!?]$/u.test(before.lower) || words[at]?.gap.includes("\n"));
  return end < at || isParted ? end : undefined;
}

/** Without the sign that parts it from what follows. */
function closed(words: readonly Word[]): readonly Word[] {
  const last = words.at(-1);
  if (last === undefined || last.quoted) return words;
  const text = last.text.replace(/[.;!?]{1,3}$/u, "");
  return [...words.slice(0, -1), { ...last, text, lower: text.toLowerCase(), raw: text, comma: false }];
}
