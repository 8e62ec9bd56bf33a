import type { Parsed } from "./command.js";
import { COMMANDS } from "./commands.js";
import { longList } from "./lists/long-list.js";
import { nearMiss } from "./near-miss.js";
import { type Reading, readCommand } from "./read-command.js";
import { sayingsOf } from "./sayings.js";
import { asksSeveral } from "./sentence/asks-several.js";
import { isGreeting, isThanks } from "./sentence/chat.js";
import { distinct, dressings, readDressed, unquoted } from "./sentence/dressed.js";
import { guarded, negated } from "./sentence/guarded.js";
import { inLanguage } from "./sentence/in-language.js";
import { asKeptOut, asTakenOut } from "./sentence/not-wanted.js";
import { withoutOrnaments } from "./sentence/ornaments.js";
import { ownWords } from "./sentence/own-words.js";
import { asWished } from "./sentence/wished.js";
import { phrase, type Word, wordsOf } from "./words.js";

/** Longer than any list of models; a message may be 100 KB. */
const LONGEST_CHARACTERS = 65_536;
/** Longer than any sentence. */
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
  const bare = undressed.at(-1) ?? words;
  const several = asksSeveral(bare, sentence);
  if (several !== undefined) return several;
  // What looks like a courtesy may belong to a look: "anything for me?"
  const understood = distinct([...undressed, ...asWished(bare), ...asTakenOut(bare), words]).flatMap(
    (said) => readDressed(said, understand) ?? [],
  );
  const best = understood.find(({ reading }) => reading.outcome.kind === "command") ?? understood[0];
  if (best?.reading.outcome.kind === "command") return guarded(best.reading, best.said, understand);
  if (isThanks(words)) return { kind: "thanks" };
  const language = inLanguage(words, understand);
  if (language !== undefined) return language;
  if (best !== undefined) return guarded(best.reading, best.said, understand);
  const keptOut = asKeptOut(bare);
  if (keptOut !== undefined) return didYouMean(keptOut);
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

/** "show polcy" reads as a plan without its number, "allow key in use" as a model, "exclude grup A" as a group so named. */
function mayMeanMore({ outcome, row }: Reading): boolean {
  const lacksNumber = outcome.kind === "reply" && outcome.reply.code === "number-missing";
  if (lacksNumber || row.takes === "fullName") return true;
  const takesNames = ["groups", "renaming"].includes(row.takes);
  return row.takes === "models" || (takesNames && row.mayBeChat === true);
}

function tooLong({ length }: string, limit: number): Parsed {
  return { kind: "reply", reply: { code: "too-long", characters: length, limit } };
}

function didYouMean(suggestion: string) {
  return { kind: "reply", reply: { code: "did-you-mean", suggestion } } as const;
}
