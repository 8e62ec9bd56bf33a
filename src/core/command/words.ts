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
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["“", "”"],
  ["«", "»"],
]);
const ANY_QUOTE = /["“”„«»＂]/u;
const BLANKS = /\s*/uy;
const UNQUOTED = /[^\s,，]+/uy;
const ASKING = /^(?:who|who's|who’s|what|what's|what’s|which)\s/iu;

/** The words of a message, without courtesies and without the full stop (or a question's mark) at its end. */
export function wordsOf(text: string): readonly Word[] {
  const trimmed = text.trim();
  const ended = withoutEnd(trimmed, ".!．！…");
  const hasEnd = ended !== "" && !/\s$/u.test(ended);
  const [said, end] = hasEnd ? [ended, trimmed.slice(ended.length)] : [trimmed, ""];
  // Only of a question: "enable passkeys?" is a person who is not sure, and is asked back.
  const words = split(ASKING.test(said) ? withoutEnd(said, "?？ \n\r\t") : said);
  const last = words.at(-1);
  if (last !== undefined && !last.quoted && !last.comma) words.splice(-1, 1, { ...last, end });
  return words.flatMap((word, at) => {
    if (isPolite(word)) return [];
    const next = words[at + 1];
    // "Disable passkeys, please?" is asked.
    return [next !== undefined && isPolite(next) && /[?？]$/u.test(next.text) ? marked(word) : word];
  });
}

const isPolite = ({ quoted, lower }: Word): boolean => !quoted && POLITE.has(withoutEnd(lower, "?？"));

function marked(word: Word): Word {
  if (word.quoted) return word;
  const text = `${word.text}?`;
  return { ...word, text, raw: `${word.raw}?`, lower: text.toLowerCase(), comma: false };
}

/** Takes time that grows with the length only: a quote is looked for where there is one. */
function split(text: string): Word[] {
  const words: Word[] = [];
  const closings = new Map([...CLOSING.values()].map((closing) => [closing, text.lastIndexOf(closing)]));
  const lastQuote = Math.max(...[...'"“”„«»＂'].map((quote) => text.lastIndexOf(quote)));
  for (let at = 0; at < text.length; ) {
    const gap = matchAt(BLANKS, text, at);
    at += gap.length;
    if (at >= text.length) break;
    const quoted = quotationAt(text, at, closings, lastQuote);
    const raw = quoted ?? matchAt(UNQUOTED, text, at);
    at += quoted === undefined ? raw.length : raw.length + 2;
    const comma = text[at] === "," || text[at] === "，";
    if (comma) at += 1;
    if (raw.trim() !== "") words.push(wordOf(raw, gap, { quoted: quoted !== undefined, comma }));
    else endLast(words, comma);
  }
  return words;
}

/** What stands in quotes that begin here. */
function quotationAt(
  text: string,
  at: number,
  closings: ReadonlyMap<string, number>,
  lastQuote: number,
): string | undefined {
  const first = text.charAt(at);
  if (!ANY_QUOTE.test(first)) return undefined;
  const closing = CLOSING.get(first);
  const own = closing !== undefined && (closings.get(closing) ?? -1) > at;
  if (own) return text.slice(at + 1, text.indexOf(closing, at + 1));
  if (lastQuote <= at) return undefined;
  let end = at + 1;
  while (!ANY_QUOTE.test(text.charAt(end))) end += 1;
  return text.slice(at + 1, end);
}

function wordOf(
  raw: string,
  gap: string,
  { quoted, comma }: { readonly quoted: boolean; readonly comma: boolean },
): Word {
  const text = recognisable(raw);
  return { text, raw, gap, end: "", lower: text.toLowerCase(), quoted, comma };
}

/** A comma with a blank before it belongs to the word before. */
function endLast(words: Word[], comma: boolean): void {
  const last = words.at(-1);
  if (comma && last !== undefined) words[words.length - 1] = { ...last, comma };
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function withoutEnd(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const MOST_LETTERS_OF_A_SIGN = 3;
const PLAIN = /^[ -~]*$/;
/**
 * What pasted text brings along unseen: soft hyphens, joiners, marks of direction. Two of those turn
 * the letters around, so that another word is read than stands there.
 */
const UNSEEN = /(?![\u202d\u202e])\p{Default_Ignorable_Code_Point}/gu;
/** An AAGUID with what word processors make of its hyphens. */
const DASHED_GUID = /^\p{P}?[0-9a-f]{8}(?:[‐‑‒–—−-][0-9a-f]{4}){3}[‐‑‒–—−-][0-9a-f]{12}\p{P}?$/iu;
const DASHES = /[‐‑‒–—−]/g;

function recognisable(raw: string): string {
  if (PLAIN.test(raw)) return raw;
  const plain = raw.normalize("NFKC");
  // A sign that stands for a whole sentence is no letter of a name.
  return (plain.length > raw.length * MOST_LETTERS_OF_A_SIGN ? raw : plain)
    .replace(UNSEEN, "")
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(DASHED_GUID, (guid) => guid.replace(DASHES, "-"));
}

/** The words as one phrase in lower case. */
export function phrase(words: readonly Word[]): string {
  return words.map((word) => word.lower).join(" ");
}

/** A word as it may be typed again. */
export function asTyped(word: Word): string {
  return (word.quoted ? `"${word.text}"` : word.text) + (word.comma ? "," : "");
}

type Split = readonly string[];

/** Phrases as their words by the first of them, the longest first: the same lists are looked for again and again. */
const SPLIT = new WeakMap<readonly string[], ReadonlyMap<string, readonly Split[]>>();

/** The longest of the phrases that the words begin with, as its words; undefined when none does. */
export function startsWith(words: readonly Word[], phrases: readonly string[]): Split | undefined {
  const [first] = words;
  if (first === undefined || first.quoted) return undefined;
  return splitByFirst(phrases)
    .get(first.lower)
    ?.find((each) => each.every((word, at) => words[at]?.lower === word && words[at]?.quoted === false));
}

function splitByFirst(phrases: readonly string[]): ReadonlyMap<string, readonly Split[]> {
  const known = SPLIT.get(phrases);
  if (known !== undefined) return known;
  const byFirst = new Map<string, Split[]>();
  const split = phrases.map((each) => each.split(" ")).sort((a, b) => b.length - a.length);
  for (const each of split) {
    const first = each[0] ?? "";
    byFirst.set(first, [...(byFirst.get(first) ?? []), each]);
  }
  SPLIT.set(phrases, byFirst);
  return byFirst;
}

/** A name of several words with the very characters and blanks of the message: Entra compares names as they are. */
export function asWritten(words: readonly Word[]): string {
  return words
    .map(({ raw, gap, comma, end }, at) => (at === 0 ? "" : gap) + raw + (comma ? "," : "") + end)
    .join("");
}
