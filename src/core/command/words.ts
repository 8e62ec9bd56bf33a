/** One word of a message; a quoted phrase is one word. */
export interface Word {
  /** Without quotes, and in the one form in which commands and models are recognised (NFKC). */
  readonly text: string;
  /** As the person wrote it, without quotes: names of groups are looked up by that. */
  readonly raw: string;
  /** The blanks before it, as the person wrote them. */
  readonly gap: string;
  /** What ended the message right behind it: a full stop, or a part of a name. */
  readonly end: string;
  readonly lower: string;
  readonly quoted: boolean;
  /** A comma stood right after it. */
  readonly comma: boolean;
}

const POLITE: ReadonlySet<string> = new Set(["please", "pls", "kindly"]);
/** A quotation ends with the quote that belongs to the one it begins with, or else with any. */
const QUOTED = `"([^"]*)"|“([^”]*)”|«([^»]*)»|["“”„«»＂]([^"“”„«»＂]*)["“”„«»＂]`;
const WORD = new RegExp(String.raw`(\s*)(?:(?:${QUOTED}|([^\s,，]+))([,，]?)|[,，])`, "gu");

/** The words of a message, without courtesies and without the full stop (or a question's mark) at its end. */
export function wordsOf(text: string): readonly Word[] {
  const [end = ""] = /(?<=\S)[.!．！]+$/u.exec(text.trim()) ?? [];
  const said = text
    .trim()
    .slice(0, text.trim().length - end.length)
    // Only of a question: "enable passkeys?" is a person who is not sure, and is asked back.
    .replace(/^((?:who|who's|who’s|what|what's|what’s|which)\s.*?)[\s?？]+$/isu, "$1");
  const words = [...said.matchAll(WORD)].flatMap(([, gap = "", ...found]): readonly Word[] => {
    const [whole, comma = ""] = [found.slice(0, 5), found[5]];
    const quoted = whole.slice(0, 4).some((each) => each !== undefined);
    const raw = whole.find((each) => each !== undefined);
    if (raw === undefined || raw.trim() === "") return [];
    const plain = recognisable(raw);
    return [{ text: plain, raw, gap, end: "", lower: plain.toLowerCase(), quoted, comma: comma !== "" }];
  });
  const last = words.at(-1);
  if (last !== undefined && !last.quoted && !last.comma) words.splice(-1, 1, { ...last, end });
  return words.filter((word) => word.quoted || !POLITE.has(word.lower));
}

function recognisable(raw: string): string {
  return raw
    .normalize("NFKC")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'");
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

/** A name of several words with the very characters and blanks of the message: Entra compares names as they are. */
export function asWritten(words: readonly Word[]): string {
  return words
    .map(({ raw, gap, comma, end }, at) => (at === 0 ? "" : gap) + raw + (comma ? "," : "") + end)
    .join("");
}
