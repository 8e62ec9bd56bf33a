import { toAaguid } from "../policy/policy.js";
import type { Word } from "./words.js";

/**
 * Names and GUIDs in a list. A comma separates, except in brackets: models are called "Key (USB-A, NFC)". "and"
 * separates only where it cannot be part of a name: after a comma, or beside a quoted name or a GUID.
 * @param nameOf makes a name of its words; models are recognised in any form
 */
export function takeListedNames(
  words: readonly Word[],
  nameOf: (words: readonly Word[]) => string = asRecognised,
): readonly string[] {
  const names: string[] = [];
  let current: Word[] = [];
  const close = () => {
    if (current.length > 0) names.push(nameOf(current));
    current = [];
  };
  for (const [at, word] of words.entries()) {
    const bracketed = isInBrackets(words, at);
    const separates = word.comma && !bracketed;
    const joins = !bracketed && isJoiningAnd(words, at);
    if (joins || isWhole(word)) close();
    if (!joins) current.push({ ...word, comma: word.comma && bracketed });
    if (separates || isWhole(word)) close();
  }
  close();
  return names;
}

function asRecognised(words: readonly Word[]): string {
  return words.map(({ text, comma }) => (comma ? `${text},` : text)).join(" ");
}

/** What is an entry by itself, also beside other words. */
function isWhole(word: Word): boolean {
  return word.quoted || toAaguid(word.text) !== undefined;
}

function isJoiningAnd(words: readonly Word[], at: number): boolean {
  const word = words[at];
  const [previous, next] = [words[at - 1], words[at + 1]];
  if (word?.lower !== "and" || word.quoted || previous === undefined || next === undefined) return false;
  return previous.comma || isWhole(previous) || isWhole(next);
}

/** Whether a bracket that is closed later is open after this word; a bracket that stays open is a slip. */
function isInBrackets(words: readonly Word[], at: number): boolean {
  const text = (part: readonly Word[]) => part.map((word) => (word.quoted ? "" : word.text)).join(" ");
  const before = text(words.slice(0, at + 1));
  const open = before.lastIndexOf("(") > before.lastIndexOf(")");
  return open && /^[^(]*\)/.test(text(words.slice(at + 1)));
}
