import { isOrdinaryWord } from "../ordinary-words.js";
import type { Read, Reader } from "../reader.js";
import type { Word } from "../words.js";

/** No name of a person has more words. */
const WORDS_AT_MOST = 6;
/** A name, a sign-in name or an object id. */
const NAME_WORD = /^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'.@_-]*$/u;
const WRITTEN_LIKE_A_NAME = /^\p{Lu}|@|^[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27}$/u;
const CAPITAL = /^\p{Lu}/u;
/** What our own commands speak of: not how a person is called. */
const OUR_WORDS: ReadonlySet<string> = new Set(
  "plan plans policy key keys passkey passkeys profile profiles drift history group groups status model models pending evidence help scan users people".split(
    " ",
  ),
);
/** Where what a person cannot do begins: "Alan | sign in with his key". */
const TROUBLE = ["use", "sign", "log", "login", "register", "add", "set", "access", "get"];

/** A person where the phrase itself says that one is meant: "does # have a passkey". */
export const readPerson: Reader<"person"> = (_, rest) => named(nameOf(rest));

/** A person where anything might be meant ("show ..."): each word is written as a name is, or it is an address or an id. */
export const readFullName: Reader<"fullName"> = (_, rest) =>
  rest.every(isWrittenLikeAName) ? named(nameOf(rest)) : undefined;

/** "Emmy Noether's", where the phrase goes on with what is hers. */
export const readPossessive: Reader<"possessive"> = (_, rest) => {
  const last = rest.at(-1)?.lower ?? "";
  const isPossessive = last.endsWith("'s") || last.endsWith("s'");
  return isPossessive && rest.every(({ raw }) => CAPITAL.test(raw)) ? named(nameOf(rest)) : undefined;
};

/** "Alan Turing sign in with his key": the name in front of what does not work. */
export const readTrouble: Reader<"trouble"> = (_, rest) => {
  const end = rest.findIndex(({ lower, quoted }) => !quoted && TROUBLE.includes(lower));
  return end <= 0 ? undefined : named(nameOf(rest.slice(0, end)));
};

function named(person: string | undefined): Read<"person"> {
  return person === undefined ? undefined : { kind: "arguments", arguments: { person } };
}

function nameOf(words: readonly Word[]): string | undefined {
  const [first] = words;
  if (first === undefined || words.length > WORDS_AT_MOST) return undefined;
  if (words.length === 1 && first.quoted) return first.text.trim() || undefined;
  if (isOrdinaryWord(first.lower) || words.some(({ lower }) => OUR_WORDS.has(lower))) return undefined;
  const name = words.map(({ text }) => text.replace(/[?!]+$/, ""));
  const last = (name.at(-1) ?? "").replace(/'s?$/i, "");
  const whole = [...name.slice(0, -1), last];
  return whole.every((word) => NAME_WORD.test(word) && !/^\d+$/.test(word)) ? whole.join(" ") : undefined;
}

function isWrittenLikeAName({ raw, quoted }: Word): boolean {
  return quoted || (WRITTEN_LIKE_A_NAME.test(raw) && !/^#?\d+$/.test(raw));
}
