/** One word of a message; a quoted phrase is one word. */
export interface Word {
  /** As the person wrote it, without quotes. */
  readonly text: string;
  readonly lower: string;
  readonly quoted: boolean;
  /** A comma stood right after it. */
  readonly comma: boolean;
}

const POLITE: ReadonlySet<string> = new Set(["please", "pls", "kindly"]);
const WORD = /"([^"]*)"(,?)|([^\s,]+)(,?)|,/gu;

/** The words of a message, without courtesies and without the full stop (or a question's mark) at its end. */
export function wordsOf(text: string): readonly Word[] {
  const straight = text
    .normalize("NFKC")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .trim()
    .replace(/(?<=\S)[.!]+$/, "")
    // Only of a question: "enable passkeys?" is a person who is not sure, and is asked back.
    .replace(/^((?:who|who's|what|what's|which)\s.*?)[\s?]+$/is, "$1");
  const words = [...straight.matchAll(WORD)].flatMap((match): readonly Word[] => {
    const quoted = match[1] !== undefined;
    const word = match[1] ?? match[3];
    if (word === undefined || word.trim() === "") return [];
    return [{ text: word, lower: word.toLowerCase(), quoted, comma: (match[2] ?? match[4]) === "," }];
  });
  return words.filter((word) => word.quoted || !POLITE.has(word.lower));
}

/** The words as one phrase in lower case. */
export function phrase(words: readonly Word[]): string {
  return words.map((word) => word.lower).join(" ");
}

/** A word as it may be typed again. */
export function asTyped(word: Word): string {
  return (word.quoted ? `"${word.text}"` : word.text) + (word.comma ? "," : "");
}

/** The longest of the phrases that the words begin with, as its words; undefined when none does. */
export function startsWith(
  words: readonly Word[],
  phrases: readonly string[],
): readonly string[] | undefined {
  return phrases
    .map((each) => each.split(" "))
    .filter((each) => each.every((word, at) => words[at]?.lower === word && words[at]?.quoted === false))
    .sort((a, b) => b.length - a.length)[0];
}
