import type { Word } from "../words.js";
import { withoutMarks } from "./question.js";

/** What people say before a request, and that says nothing of it. Longer ones are found before shorter ones. */
const BEFORE: readonly string[] = [
  ...["hi", "hello", "hey", "dear", "hallo", "hi there", "hello there", "hi all", "hi team"],
  ...["new here", "i am new here", "i'm new here"],
  ...["good morning", "good afternoon", "good evening", "morning"],
  ...["latchkey", "@latchkey", "hi latchkey", "hey latchkey", "hello latchkey", "bot"],
  ...[
    "i want to",
    "i want you to",
    "i'd like to",
    "i'd like you to",
    "i would like to",
    "i would like you to",
  ],
  ...["we want to", "we'd like to", "we would like to", "we need to", "i need to", "i need you to"],
  ...["let's", "lets", "let us", "let me", "time to", "go ahead and", "feel free to", "make sure to", "just"],
  ...["ok", "okay", "so", "well", "now", "then", "and", "also", "next", "first"],
  ...["when you have a minute", "when you have time", "when you get a chance", "if you have a minute"],
  ...["if you can", "if possible", "if you don't mind", "as discussed", "as agreed"],
];
/** A question in its form, and a request in what it means. */
const REQUESTS: readonly string[] = [
  "could you",
  "can you",
  "would you",
  "will you",
  "would you mind",
].flatMap((said) => [said, `${said} kindly`, `${said} just`, `${said} now`, `${said} quickly`]);
const BEHIND: readonly string[] = [
  ...[
    "thanks",
    "thank you",
    "thx",
    "ty",
    "tx",
    "cheers",
    "many thanks",
    "thanks a lot",
    "thank you very much",
  ],
  ...["thanks in advance", "for me", "for us", "for our tenant", "in our tenant", "for this tenant"],
  ...["in this tenant", "in the tenant", "for the tenant", "if you can", "if possible", "when you can"],
  ...[
    "ok",
    "okay",
    "latchkey",
    "@latchkey",
    "danke",
    "merci",
    "gracias",
    "bitte",
    "por favor",
    "s'il vous plaît",
    "s'il te plaît",
    "per favore",
    "alstublieft",
    "asap",
    "right away",
  ],
  ...["real quick", "really quick", "quickly", "very quickly", "for a moment", "for a second"],
  ...["would you", "will you", "could you", "can you", "won't you", "if you don't mind"],
  ...["if that's ok", "if that's okay", "if that is ok", "if that is possible", "if it's possible"],
  ...["when you get a chance", "when you have time", "when you have a minute", "when you have a moment"],
];
/** What may be a part of a name as well, and is looked at only when nothing is understood with it. */
const NOW: readonly string[] = ["now", "right now", "immediately", "at once", "today", "straight away"];
/** A name follows these, and ends the message. */
const SIGNED: readonly string[] = [
  "cheers",
  "thanks",
  "thank you",
  "regards",
  "best regards",
  "kind regards",
  "best",
];
const SIGNATURE_AT_MOST_WORDS = 3;
const LONGEST_PHRASE_WORDS = 6;
/** A sentence of courtesies has a few of them, and an end has to come. */
const COURTESIES_AT_MOST = 8;
/** Words that looking does without: "show me the policy". */
const FILLERS: ReadonlySet<string> = new Set([
  "me",
  "us",
  "the",
  "a",
  "an",
  "our",
  "my",
  "current",
  "please",
]);

const setOf = (phrases: readonly string[]): ReadonlySet<string> => new Set(phrases);
const [BEFORE_SET, REQUEST_SET, BEHIND_SET, NOW_SET, SIGNED_SET] = [
  setOf(BEFORE),
  setOf(REQUESTS),
  setOf(BEHIND),
  setOf(NOW),
  setOf(SIGNED),
];

/** Without courtesies behind it, a signature included. */
export function withoutTail(words: readonly Word[]): readonly Word[] {
  let rest = withoutSignature(words);
  for (let taken = 0; taken < COURTESIES_AT_MOST; taken++) {
    const length = lengthAtEnd(rest, BEHIND_SET) || lengthOfSigns(rest);
    if (length === 0 || length === rest.length) break;
    rest = ended(rest.slice(0, -length));
  }
  return rest;
}

/** Without a greeting, an address and courtesies before it; a request in the form of a question loses its mark as well. */
export function withoutHead(words: readonly Word[]): readonly Word[] {
  let rest = words;
  let requests = false;
  for (let taken = 0; taken < COURTESIES_AT_MOST; taken++) {
    const request = lengthAtStart(rest, REQUEST_SET);
    const length = request || lengthAtStart(rest, BEFORE_SET);
    if (length === 0 || length === rest.length) break;
    requests ||= request > 0;
    rest = rest.slice(length);
  }
  return requests ? withoutMarks(rest) : rest;
}

/** Without a word behind it that says when, and means at once. */
export function withoutNow(words: readonly Word[]): readonly Word[] {
  const length = lengthAtEnd(words, NOW_SET);
  return length === 0 || length === words.length ? words : ended(words.slice(0, -length));
}

/** Without articles and the like, and the marks of a question: only for looking, where a name has no need of them. */
export function withoutFillers(words: readonly Word[]): readonly Word[] {
  return withoutMarks(words).filter((word, at) => at === 0 || word.quoted || !FILLERS.has(word.lower));
}

function withoutSignature(words: readonly Word[]): readonly Word[] {
  for (let length = 2; length <= SIGNATURE_AT_MOST_WORDS + 2 && length < words.length; length++) {
    const at = words.length - length;
    const begins = lengthAtStart(words.slice(at), SIGNED_SET);
    // "Best regards" begins with "best".
    const before = lengthAtStart(words.slice(at - 1), SIGNED_SET) > 1 ? at - 1 : at;
    const opens = endsSentence(words[before - 1]) || words[at]?.gap.includes("\n") === true;
    if (begins > 0 && begins < length && opens) return ended(words.slice(0, before));
  }
  return words;
}

function endsSentence(word: Word | undefined): boolean {
  return word !== undefined && (word.comma || /[.!?;]$/u.test(word.lower));
}

/** What is before something that was taken off ends there: with no comma and no full stop. */
function ended(words: readonly Word[]): readonly Word[] {
  const last = words.at(-1);
  if (last === undefined || last.quoted) return words;
  const text = trimmed(last.text, ".!;:,-–— ");
  const before = words.slice(0, -1);
  if (text === "") return before;
  return [
    ...before,
    { ...last, text, lower: text.toLowerCase(), raw: trimmed(last.raw, ".!;:,-–— "), comma: false },
  ];
}

function trimmed(text: string, signs: string): string {
  let end = text.length;
  while (end > 0 && signs.includes(text[end - 1] ?? "")) end -= 1;
  return text.slice(0, end);
}

const bare = (word: Word): string => (word.quoted ? '"' : trimmed(word.lower, "!.:;,?-–—"));

/** How many words of the beginning are one of these phrases; 0 when none is. */
export function lengthAtStart(words: readonly Word[], phrases: ReadonlySet<string>): number {
  const first = words.slice(0, LONGEST_PHRASE_WORDS).map(bare);
  for (let length = first.length; length > 0; length--) {
    if (phrases.has(first.slice(0, length).join(" "))) return length;
  }
  return 0;
}

function lengthAtEnd(words: readonly Word[], phrases: ReadonlySet<string>): number {
  const last = words.slice(-LONGEST_PHRASE_WORDS).map(bare);
  for (let length = last.length; length > 0; length--) {
    if (phrases.has(last.slice(-length).join(" "))) return length;
  }
  return 0;
}

/** A picture or a dash at the end, without a letter or a number: it is no part of a name. */
function lengthOfSigns(words: readonly Word[]): number {
  const last = words.at(-1);
  const isSign =
    last !== undefined &&
    !last.quoted &&
    /^(?:\p{Extended_Pictographic}|\ufe0f|[:;()–—-])+$/u.test(last.lower);
  return isSign ? 1 : 0;
}
