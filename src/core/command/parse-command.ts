import { toAaguid } from "../policy/policy.js";
import type { Parsed } from "./command.js";
import type { CommandRow } from "./command-row.js";
import { COMMANDS } from "./commands.js";
import { beforeReason } from "./deciding/read-decision.js";
import { longList } from "./lists/long-list.js";
import { nearMiss } from "./near-miss.js";
import { type Reading, readCommand } from "./read-command.js";
import { beginsSaying, sayingsOf } from "./sayings.js";
import { isGreeting, isThanks } from "./sentence/chat.js";
import { findGuard } from "./sentence/guard.js";
import { insteadOf } from "./sentence/instead.js";
import { fromLanguage } from "./sentence/languages.js";
import { askedToSee, askedWhatItIs } from "./sentence/looking.js";
import { withoutOrnaments } from "./sentence/ornaments.js";
import { ownWords } from "./sentence/own-words.js";
import { isQuestion, withoutMark, withoutMarks } from "./sentence/question.js";
import { severalIn } from "./sentence/several.js";
import { withoutFillers, withoutHead, withoutNow, withoutTail } from "./sentence/undress.js";
import { asWished } from "./sentence/wished.js";
import { phrase, type Word, wordsOf } from "./words.js";

/** Longer than any list of models; a message may be 100 KB. */
const LONGEST_CHARACTERS = 65_536;
/** Longer than any sentence. */
const LONGEST_SENTENCE_CHARACTERS = 1_000;
/** What a person may say who does not know what to say: it changes nothing. */
const TO_BEGIN_WITH = ["help", "status", "keys in use"];
/** How far into a sentence a negation says that the rest is not wanted. */
const NEGATED_WITHIN_WORDS = 6;
const SAYINGS = sayingsOf(COMMANDS);

/**
 * What a message asks for. A grammar with synonyms and no guessing: a near miss is asked back, never run,
 * and ordinary chat is left alone.
 */
export function parseCommand(text: string, sayings = SAYINGS): Parsed {
  if (text.length > LONGEST_CHARACTERS) return tooLong(text, LONGEST_CHARACTERS);
  const own = ownWords(text);
  if (own.text.length > LONGEST_SENTENCE_CHARACTERS) return longText(own.text, sayings);
  const words = wordsOf(withoutOrnaments(own.text));
  if (words.length === 0) return { kind: "reply", reply: { code: own.leftOut ? "only-quoted" : "empty" } };
  const understand = (said: readonly Word[]): Reading | undefined => {
    const reading = readCommand(said, sayings);
    if (reading === undefined || !mayMeanMore(reading)) return reading;
    const beginning = `${phrase(said.slice(0, reading.length))} `;
    const suggestion = nearMiss(said, sayings, beginning, understand);
    return suggestion === undefined ? reading : { ...reading, outcome: didYouMean(suggestion) };
  };
  const undressed = dressings(words);
  const sentence = { understand, sayings };
  const several = asksSeveral(undressed.at(-1) ?? words, sentence);
  if (several !== undefined) return several;
  // What looks like a courtesy may belong to a look: "anything for me?"
  const understood = distinct([...undressed, ...asWished(undressed.at(-1) ?? words), words]).flatMap(
    (said) => readDressed(said, understand) ?? [],
  );
  const best = understood.find(({ reading }) => reading.outcome.kind === "command") ?? understood[0];
  if (best?.reading.outcome.kind === "command") return guarded(best.reading, best.said, understand);
  if (isThanks(words)) return { kind: "thanks" };
  const language = inLanguage(words, understand);
  if (language !== undefined) return language;
  if (best !== undefined) return guarded(best.reading, best.said, understand);
  if (isGreeting(words)) return { kind: "reply", reply: { code: "greeting", offers: TO_BEGIN_WITH } };
  for (const said of distinct([unquoted(words), ...undressed])) {
    const suggestion = nearMiss(said, sayings, "", understand);
    if (suggestion !== undefined) return didYouMean(suggestion);
  }
  return negated(words, understand) ?? { kind: "ignored" };
}

/** What is longer than a sentence is a list, or is not for us. */
function longText(text: string, all: typeof SAYINGS): Parsed {
  const list = longList(text, all);
  if (list === undefined) return tooLong(text, LONGEST_SENTENCE_CHARACTERS);
  const { reading, said, sayings } = list;
  return guarded(reading, said, (words) => readCommand(words, sayings));
}

/** What was not understood of a change may be what guards it. */
const GUARDED_REPLIES: ReadonlySet<string> = new Set(["not-understood", "off-for-some"]);
/** "Remove titan?" asks whom that hurts. */
const TAKES_AWAY: ReadonlySet<string> = new Set(["disable", "remove", "remove-group", "exclude-group"]);
const WHAT_IF = wordsOf("what if");

type Understand = (said: readonly Word[]) => Reading | undefined;

interface Dressed {
  readonly reading: Reading;
  readonly said: readonly Word[];
}

/** The words with less and less around what they ask for. */
function dressings(words: readonly Word[]): readonly (readonly Word[])[] {
  const tailless = withoutTail(words);
  const bare = withoutHead(tailless);
  return distinct([tailless, bare, withoutNow(bare)]).filter((way) => way.length > 0);
}

/** Each way once: they are parts of one sentence. */
const distinct = (ways: readonly (readonly Word[])[]): readonly (readonly Word[])[] =>
  ways.filter((way, at) => ways.findIndex((other) => isSame(other, way)) === at);

const isSame = (one: readonly Word[], other: readonly Word[]): boolean =>
  one.length === other.length && one.at(-1)?.text === other.at(-1)?.text;

/** As it stands, or as a look without its articles and question marks. */
function readDressed(said: readonly Word[], understand: Understand): Dressed | undefined {
  const reading = understand(said);
  if (reading?.outcome.kind === "command") return { reading, said };
  const short = withoutFillers(said);
  const looking = short.length === 0 ? undefined : understand(short);
  if (looking?.outcome.kind === "command" && looking.row.looks && !takesName(looking.row)) {
    return { reading: looking, said: short };
  }
  const unmarked = withoutMarks(said);
  const asked = unmarked.length === 0 ? undefined : understand(unmarked);
  if (asked?.outcome.kind === "command") return { reading: asked, said: asked.row.looks ? unmarked : said };
  const toSee = askedToSee(unmarked);
  // "evidence" lacks its number, and is no question what that is.
  const ways = reading === undefined ? [...toSee, askedWhatItIs(unmarked)] : toSee;
  return readToSee(ways, understand) ?? (reading && { reading, said });
}

/** What is asked for in words around it, where that only looks. */
function readToSee(ways: readonly (readonly Word[])[], understand: Understand): Dressed | undefined {
  for (const said of ways) {
    const reading = said.length === 0 ? undefined : understand(said);
    if (reading?.outcome.kind === "command" && reading.row.looks) return { reading, said };
  }
  return undefined;
}

/** Where a name follows, "the" and "my" tell ordinary chat from it. */
const takesName = ({ takes }: CommandRow): boolean =>
  !["nothing", "count", "planNumber", "driftNumber", "profile"].includes(takes);

/** Of two requests in one message neither is run: which goes first is asked. */
function asksSeveral(
  words: readonly Word[],
  { understand, sayings }: { readonly understand: Understand; readonly sayings: typeof SAYINGS },
): Parsed | undefined {
  const requestIn = (said: readonly Word[]): Reading | undefined => {
    const reading = readCommand(withoutMarks(said), sayings);
    return reading?.outcome.kind === "command" ? reading : undefined;
  };
  const several = severalIn(
    words,
    ({ lower }) => beginsSaying(sayings, lower),
    (said) => requestIn(said) !== undefined,
  );
  if (several === undefined) return undefined;
  // "allow X, allow Y" is a list like any other.
  if (several.first[0]?.lower === several.second[0]?.lower) return undefined;
  if (understand(words)?.row.looks === true) return undefined;
  // "allow X and synced passkeys": the second is what is allowed, too.
  const [one, other] = [requestIn(several.first), requestIn(several.second)];
  if (one?.row.takes === "models" && other?.row.looks) return undefined;
  if (one?.row.looks && one.written === other?.written) return one.outcome;
  const offers = [one, other].flatMap((reading) => reading?.written ?? []);
  return { kind: "reply", reply: { code: "several", offers } };
}

/** What is said in another language and only looks is shown; a change is offered in English. */
function inLanguage(words: readonly Word[], understand: Understand): Parsed | undefined {
  const offers = fromLanguage(words);
  if (offers === undefined) return undefined;
  const [only, ...others] = offers.map((offer) => understand(wordsOf(offer)));
  if (others.length === 0 && only?.row.looks && only.outcome.kind === "command") return only.outcome;
  return { kind: "reply", reply: { code: "language", offers } };
}

/**
 * A change that is asked about, put off or taken back is not asked for: it is offered, where it may be meant, and made
 * when it is said by itself.
 */
function guarded(reading: Reading, said: readonly Word[], understand: Understand): Reading["outcome"] {
  const { row, outcome, length, behind, written } = reading;
  const words = row.takes === "decision" ? beforeReason(said) : said;
  if (row.looks || (outcome.kind === "reply" && !GUARDED_REPLIES.has(outcome.reply.code))) return outcome;
  // In a list with AAGUIDs it is an entry that is not understood, and said to be one.
  const isList = row.takes === "models" && words.some(({ text }) => toAaguid(text) !== undefined);
  const guard = isList ? undefined : findGuard(words.slice(0, words.length - behind), length - behind);
  if (guard !== undefined) {
    const { because, word, at } = guard;
    const before = because === "negation" ? undefined : understand(words.slice(0, at));
    const instead = insteadOf(row.name, guard, words);
    const offers =
      instead !== undefined ? [instead] : before?.outcome.kind === "command" ? [before.written] : [];
    return { kind: "reply", reply: { code: "not-as-said", because, word, offers } };
  }
  if (outcome.kind === "reply" || !isQuestion(words)) return outcome;
  const asked = understand([...WHAT_IF, ...withoutMarks(words)]);
  if (TAKES_AWAY.has(row.name) && asked?.outcome.kind === "command") return asked.outcome;
  return { kind: "reply", reply: { code: "only-asked", suggestion: withoutMark(written) } };
}

/** "Please do not enable passkeys": said so that it is seen to have been heard. */
function negated(words: readonly Word[], understand: Understand): Parsed | undefined {
  const guard = findGuard(words.slice(0, NEGATED_WITHIN_WORDS), 0);
  if (guard?.because !== "negation") return undefined;
  const rest = words.slice(guard.at + guard.word.split(" ").length);
  const reading = rest.length === 0 ? undefined : understand(rest);
  if (reading === undefined || reading.row.looks) return undefined;
  return { kind: "reply", reply: { code: "not-as-said", because: "negation", word: guard.word, offers: [] } };
}

/** "show polcy" reads as a plan without its number, "allow key in use" as a model and "exclude grup A" as a group so named. */
function mayMeanMore({ outcome, row }: Reading): boolean {
  const lacksNumber = outcome.kind === "reply" && outcome.reply.code === "number-missing";
  if (lacksNumber || row.takes === "fullName") return true;
  return row.takes === "models" || (row.takes === "groups" && row.mayBeChat === true);
}

/** A command in quotes is not run, as it may be quoted. */
function unquoted(words: readonly Word[]): readonly Word[] {
  const [first, ...others] = words;
  return first?.quoted && others.length === 0 ? wordsOf(first.text) : words;
}

function tooLong({ length }: string, limit: number): Parsed {
  return { kind: "reply", reply: { code: "too-long", characters: length, limit } };
}

function didYouMean(suggestion: string) {
  return { kind: "reply", reply: { code: "did-you-mean", suggestion } } as const;
}
