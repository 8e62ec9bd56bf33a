import { editDistance, isWithin } from "../../text/edit-distance.js";
import { conceptNamed } from "./asking/concepts.js";
import type { CommandRow, Takes } from "./command-row.js";
import { isOpposite } from "./direction.js";
import type { Reading } from "./read-command.js";
import type { Saying } from "./sayings.js";
import { phrase, type Word, wordsOf } from "./words.js";

/** A text with the words of a command put right. */
interface Correction {
  readonly words: readonly Word[];
  /** How many letters the command's own words have. */
  readonly length: number;
  readonly distance: number;
}

/** Where the name of a person, a group or a profile may follow, anything may. */
const TAKES_ANY_NAME: readonly Takes[] = [
  "person",
  "fullName",
  "possessive",
  "trouble",
  "profileName",
  "groupName",
  "anything",
];
/** A longer text is a story: what looks like a command in it is none with a slip. */
const AT_MOST_WORDS = 40;
/** More letters than slips and blanks could add. */
const LONGER_AT_MOST = 10;

/** With a space too many or too few the phrase has another number of words. */
const WORDS_MORE = [0, -1, 1];
/** A shorter phrase with a letter more or less is soon another one. */
const LONG_PHRASE_LETTERS = 8;
/** With two of its letters changed, what is no longer than this is another word. */
const SHORT_WORD_LETTERS = 4;
/** A model's name; more words after a slip are a story. */
const NAME_AT_MOST_WORDS = 3;

/** Words that make a text one about models rather than anything else. */
const MODEL_LIKE = /key|authenticator|hello|[0-9a-f]{8}-[0-9a-f]{4}-/;

/**
 * The command a text was probably meant to be, as we would write it: its words are a phrase with a slip or two.
 * What stands with them is kept, and has to make sense there.
 * @param beginning what is right for certain: only phrases that begin so
 * @param understand reads a text that was put right
 */
export function nearMiss(
  words: readonly Word[],
  sayings: readonly Saying[],
  beginning: string,
  understand: (words: readonly Word[]) => Reading | undefined,
): string | undefined {
  if (words.length > AT_MOST_WORDS) return undefined;
  const split = splits(words);
  const corrections = sayings
    .filter(({ row, phrase: said }) => !row.isSaidExactly && said.text.startsWith(beginning))
    .flatMap((saying) => correct(split, saying))
    // A letter is sooner left out than mistaken for another.
    .sort((a, b) => a.distance - b.distance || b.length - a.length);
  for (const correction of corrections) {
    const suggestion = suggestionFrom(understand(correction.words));
    if (suggestion !== undefined) return suggestion;
  }
  return undefined;
}

/** Words that may be the command's own, and those between them that may be what it takes. */
interface Split {
  readonly own: readonly Word[];
  readonly rest: readonly Word[];
  readonly typed: string;
  readonly typedLetters: string;
}

interface Splits {
  readonly length: number;
  readonly at: (start: number, end: number) => Split;
}

/** A text is split in a few ways, and each is compared with thousands of phrases. */
function splits(words: readonly Word[]): Splits {
  const known = new Map<number, Split>();
  return {
    length: words.length,
    at: (start, end) => {
      const key = start * (AT_MOST_WORDS + 1) + end;
      const found = known.get(key);
      if (found !== undefined) return found;
      const own = [...words.slice(0, start), ...words.slice(end)];
      const typed = phrase(own);
      const split = { own, rest: words.slice(start, end), typed, typedLetters: letters(typed) };
      known.set(key, split);
      return split;
    },
  };
}

function correct(words: Splits, { row, phrase: said }: Saying): readonly Correction[] {
  const { before, after, text: meant } = said;
  const end = Math.max(words.length - after.length, 0);
  const corrections: Correction[] = [];
  for (const more of WORDS_MORE) {
    const start = Math.max(Math.min(before.length + more, end), 0);
    const { own, rest, typed, typedLetters } = words.at(start, end);
    if (typed.length > meant.length + LONGER_AT_MOST) continue;
    const isNear =
      more === 0
        ? isNearly(typed, meant) && areShortWordsNear(own, [...before, ...after])
        : typedLetters === said.letters;
    if (!isNear || own.some(isQuotation) || !mayFollow(row, rest, typed, meant)) continue;
    if (isOpposite(own, [...before, ...after])) continue;
    const corrected = [...wordsOf(before.join(" ")), ...rest, ...wordsOf(after.join(" "))];
    corrections.push({ words: corrected, length: meant.length, distance: editDistance(typed, meant) });
  }
  return corrections;
}

function isNearly(typed: string, meant: string): boolean {
  return isWithin(tolerance(meant), typed, meant);
}

/** The slips of a phrase are not all in one short word: "pull passkeys" is no slip of "kill passkeys". */
function areShortWordsNear(typed: readonly Word[], meant: readonly string[]): boolean {
  return meant.every((word, at) => {
    const { lower } = typed[at] ?? { lower: "" };
    return word.length > SHORT_WORD_LETTERS || isWithin(1, lower, word);
  });
}

/** How many slips still look like this phrase: none in a short word, one in a word, up to three in a phrase. */
function tolerance(said: string): number {
  if (said.length < 4) return 0;
  if (said.length < 8) return 1;
  return said.length < 12 ? 2 : 3;
}

/** Two letters swapped hardly ever make another word, so they are a slip, with any words after them. */
function isSwap(typed: string, meant: string): boolean {
  const sorted = (text: string) => [...text].sort().join("");
  return editDistance(typed, meant, 1) === 1 && sorted(typed) === sorted(meant);
}

/** A letter too many or too few in a long phrase: asking back changes nothing. */
function isOneLetterOff(typed: string, meant: string): boolean {
  const isLonger = Math.abs(typed.length - meant.length) === 1;
  return meant.length >= LONG_PHRASE_LETTERS && isLonger && editDistance(typed, meant, 1) === 1;
}

/** Where anything may follow, most texts with a slip in them would pass for a command. */
function mayFollow(row: CommandRow, rest: readonly Word[], typed: string, meant: string): boolean {
  const { takes, asksAboutRest, mayBeChat } = row;
  const isSwapped = isSwap(typed, meant);
  if (takes === "everybody") return true;
  if (takes === "nothing") return rest.length === 0 || asksAboutRest === true;
  if (takes === "concept") return conceptNamed(phrase(rest)) !== undefined;
  if (takes === "groups") return isSwapped || (!mayBeChat && editDistance(typed, meant, 1) <= 1);
  if (TAKES_ANY_NAME.includes(takes)) return isSwapped;
  if (takes === "oneModel" && isOneLetterOff(typed, meant) && rest.length <= NAME_AT_MOST_WORDS) return true;
  const isFree = ["models", "oneModel", "kind", "otherKind"].includes(takes);
  return !isFree || isSwapped || MODEL_LIKE.test(phrase(rest));
}

/** A command in quotes with other words beside it is spoken about. */
function isQuotation({ quoted, text }: Word): boolean {
  return quoted && text.includes(" ");
}

function letters(text: string): string {
  return text.replaceAll(" ", "");
}

/** What lacks its argument is not suggested: it would only be asked about again. */
function suggestionFrom(reading: Reading | undefined): string | undefined {
  if (reading === undefined) return undefined;
  if (reading.outcome.kind === "command") return reading.written;
  const { reply } = reading.outcome;
  if (reply.code === "did-you-mean") return reply.suggestion;
  return reply.code === "not-understood" || reply.code === "off-for-some" ? reading.written : undefined;
}
