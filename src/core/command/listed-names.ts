import { type PasskeyType, toAaguid } from "../policy/policy.js";
import { each } from "./rows/each.js";
import { startsWith, type Word } from "./words.js";

const IN_PROFILE: readonly string[] = ["in profile", "in the profile", "for profile"];
const FROM_PROFILE: readonly string[] = [...IN_PROFILE, "from profile", "from the profile"];

const KINDS: readonly (readonly [type: PasskeyType, names: readonly string[]])[] = [
  ["deviceBound", ["device-bound", "device bound", "devicebound"]],
  ["synced", ["synced"]],
];
const PHRASES = KINDS.flatMap(([type, names]) =>
  each(["with", "and", "and allow", "and admit", "and let in"], names, ["passkeys"]).map((said) => ({
    said,
    type,
  })),
);
const LONGEST_KIND_WORDS = Math.max(...PHRASES.map(({ said }) => said.split(" ").length));
/** `in profile`, and a name of some words: before that, a list of models would be read through. */
const LONGEST_PROFILE_WORDS = 24;

/** What a command says about the profile. `unclear`: something that is not one name. */
export type ProfilePart =
  | { readonly kind: "none" }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "unclear" };

/** Splits off `in profile X` at the end; `from profile X` too where that says the same. */
export function takeProfile(
  words: readonly Word[],
  orFrom: boolean,
): { readonly before: readonly Word[]; readonly profile: ProfilePart } {
  const phrases = orFrom ? FROM_PROFILE : IN_PROFILE;
  const start = Math.max(words.length - LONGEST_PROFILE_WORDS, 0);
  const within = words
    .slice(start)
    .findLastIndex((_, from) => startsWith(words.slice(start + from), phrases) !== undefined);
  if (within === -1) return { before: words, profile: { kind: "none" } };
  const at = start + within;
  const name = words.slice(at + (startsWith(words.slice(at), phrases)?.length ?? 0));
  return { before: words.slice(0, at), profile: readName(name) };
}

function readName(words: readonly Word[]): ProfilePart {
  const oneName = words.length === 1 || words.every((word) => !word.quoted && !word.comma);
  return words.length > 0 && oneName
    ? { kind: "named", name: words.map((word) => word.text).join(" ") }
    : { kind: "unclear" };
}

/** Splits off `with synced passkeys` at the end: the kind of passkey that a profile is to admit as well. */
export function takeKind(words: readonly Word[]): {
  readonly before: readonly Word[];
  readonly type?: PasskeyType;
} {
  // The longest phrase begins first.
  for (let at = Math.max(words.length - LONGEST_KIND_WORDS, 0); at < words.length; at += 1) {
    const end = words.slice(at);
    const phrase = PHRASES.find(({ said }) => startsWith(end, [said])?.length === end.length);
    if (phrase !== undefined) return { before: words.slice(0, at), type: phrase.type };
  }
  return { before: words };
}

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
