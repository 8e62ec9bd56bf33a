import type { Parsed } from "./command.js";
import { COMMANDS } from "./commands.js";
import { nearMiss } from "./near-miss.js";
import { type Reading, readCommand } from "./read-command.js";
import { sayingsOf } from "./sayings.js";
import { isGreeting, isThanks } from "./sentence/chat.js";
import { ownWords } from "./sentence/own-words.js";
import { isQuestion, withoutMark } from "./sentence/question.js";
import { phrase, type Word, wordsOf } from "./words.js";

/** Longer than any list of models; a message may be 100 KB. */
const LONGEST_CHARACTERS = 65_536;
/** Longer than any sentence: what is longer is a list, or is not for us. */
const LONGEST_SENTENCE_CHARACTERS = 1_000;
/** What a person may say who does not know what to say: it changes nothing. */
const TO_BEGIN_WITH = ["help", "status", "keys in use"];
const SAYINGS = sayingsOf(COMMANDS);

/**
 * What a message asks for. A grammar with synonyms and no guessing: a near miss is asked back, never run,
 * and ordinary chat is left alone.
 */
export function parseCommand(text: string, sayings = SAYINGS): Parsed {
  if (text.length > LONGEST_CHARACTERS) return tooLong(text, LONGEST_CHARACTERS);
  const own = ownWords(text);
  const words = wordsOf(own.text);
  if (words.length === 0) return { kind: "reply", reply: { code: own.leftOut ? "only-quoted" : "empty" } };
  const understand = (said: readonly Word[]): Reading | undefined => {
    const reading = readCommand(said, sayings);
    if (reading === undefined || !mayMeanMore(reading) || text.length > LONGEST_SENTENCE_CHARACTERS)
      return reading;
    const beginning = `${phrase(said.slice(0, reading.length))} `;
    const suggestion = nearMiss(said, sayings, beginning, understand);
    return suggestion === undefined ? reading : { ...reading, outcome: didYouMean(suggestion) };
  };
  const understood = understand(words);
  if (understood !== undefined) return guarded(understood, words);
  if (text.length > LONGEST_SENTENCE_CHARACTERS) return tooLong(text, LONGEST_SENTENCE_CHARACTERS);
  if (isThanks(words)) return { kind: "thanks" };
  if (isGreeting(words)) return { kind: "reply", reply: { code: "greeting", offers: TO_BEGIN_WITH } };
  const suggestion = nearMiss(unquoted(words), sayings, "", understand);
  return suggestion === undefined ? { kind: "ignored" } : didYouMean(suggestion);
}

/** A change that is asked about is not asked for: it is offered, and made when it is said. */
function guarded({ row, outcome, written }: Reading, words: readonly Word[]): Reading["outcome"] {
  if (row.looks || outcome.kind !== "command" || !isQuestion(words)) return outcome;
  return { kind: "reply", reply: { code: "only-asked", suggestion: withoutMark(written) } };
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
