import { unreachable } from "../../errors.js";
import type { ChangeCommand, Command } from "../command.js";
import type { CommandRow } from "../command-row.js";
import { notUnderstood, type Reader } from "../reader.js";
import { type Word, wordsOf } from "../words.js";
import { askedFor } from "./change-forms.js";

const CHANGES: Readonly<Record<ChangeCommand["kind"], true>> = {
  enable: true,
  disable: true,
  allow: true,
  remove: true,
  "allow-keys-in-use": true,
  "add-group": true,
  "remove-group": true,
  "exclude-group": true,
  "include-group": true,
  promote: true,
  "next-stage": true,
  "create-profile": true,
  "rename-profile": true,
  "delete-profile": true,
  "use-profiles": true,
  "admit-kind": true,
  "refuse-kind": true,
  undo: true,
  "put-back": true,
};
const IF: ReadonlySet<string> = new Set(["if", "when", "once", "after"]);
const ASKS: ReadonlySet<string> = new Set([
  ...["what", "what's", "who", "which", "how", "would", "will", "could", "can", "does", "do", "is", "are"],
]);

/** A question has one condition, and perhaps another as a part of a name. */
const PLACES_AT_MOST = 3;

/** A change as it is asked about: the same table reads it that reads what is asked for. */
export const readChange: Reader<"change"> = (row, rest, read) => {
  for (const words of askedAbout(row, rest).flatMap((part) => askedFor(inItsOwnWords(part)))) {
    const sentence = read(words);
    if (sentence === undefined) continue;
    const { outcome, written } = sentence;
    if (outcome.kind === "reply") return row.condition === undefined ? outcome : undefined;
    const { command } = outcome;
    if (isChange(command)) return { kind: "arguments", arguments: { change: command, said: written } };
  }
  return row.asksAboutRest && rest.length > 0 ? notUnderstood(row, rest) : undefined;
};

function isChange(command: Command): command is ChangeCommand {
  return Object.hasOwn(CHANGES, command.kind);
}

/** The parts that may be the change: all of it, or what follows an "if", or what an "if" begins. */
function askedAbout({ condition }: CommandRow, words: readonly Word[]): readonly (readonly Word[])[] {
  if (condition === undefined) return words.length === 0 ? [] : [words];
  switch (condition) {
    case "behind":
      return places(words, (word) => isOneOf(IF, word)).map((at) => words.slice(at + 1));
    case "before":
      // "if we remove titan, who loses sign-in": a list of models has commas, too.
      return places(words, (word, at) => word.comma && isOneOf(ASKS, words[at + 1])).map((at) => [
        ...words.slice(0, at),
        ...words.slice(at, at + 1).map((word) => ({ ...word, comma: false })),
      ]);
    default:
      return unreachable(condition);
  }
}

/** Where the change may begin or end. */
function places(words: readonly Word[], isOne: (word: Word, at: number) => boolean): readonly number[] {
  return words.flatMap((word, at) => (isOne(word, at) ? [at] : [])).slice(0, PLACES_AT_MOST);
}

function isOneOf(set: ReadonlySet<string>, word: Word | undefined): boolean {
  return word !== undefined && !word.quoted && set.has(word.lower);
}

/** A sentence in quotes is the one that is asked about. */
function inItsOwnWords(words: readonly Word[]): readonly Word[] {
  const [only, ...others] = words;
  return only?.quoted && others.length === 0 && only.text.includes(" ") ? wordsOf(only.text) : words;
}
