import type { Command } from "./command.js";
import type { CommandRow } from "./command-row.js";
import { lengthOf, restOf } from "./phrase.js";
import type { ReadSentence } from "./reader.js";
import { READERS } from "./readers.js";
import { askedAboutIn, type Saying, withOuterWordsOf } from "./sayings.js";
import { withoutMarks } from "./sentence/question.js";
import { asTyped, type Word } from "./words.js";

/** What a text says when nothing in it is taken for a slip. */
export interface Reading extends ReadSentence {
  readonly row: CommandRow;
  /** How many words of the text are the command's own. */
  readonly length: number;
  /** How many of them stand behind what it takes. */
  readonly behind: number;
}

/** Reads words by the table, and by what they may be a slip of. */
export type Understand = (said: readonly Word[]) => Reading | undefined;

/** Reads a text by the longest phrase that makes sense. undefined: none does, so this is no command. */
export function readCommand(words: readonly Word[], sayings: readonly Saying[]): Reading | undefined {
  const unmarked = withoutMarks(words);
  // A mark alone asks for help.
  const asked = unmarked.length > 0 ? unmarked : words;
  const readings = withOuterWordsOf(sayings, [words, asked]).flatMap(
    (saying) => readAs({ words, asked }, saying, sayings) ?? [],
  );
  return readings.sort((a, b) => b.length - a.length || rank(a) - rank(b))[0];
}

/** `drift` is a command without a number, and lacks one in `drift 3`. */
function rank({ outcome }: Reading): number {
  return outcome.kind === "command" ? 0 : 1;
}

/** Looking takes the words without the marks of a question. */
function readAs(
  { words, asked }: { readonly words: readonly Word[]; readonly asked: readonly Word[] },
  { row, phrase }: Saying,
  sayings: readonly Saying[],
): Reading | undefined {
  const rest = restOf(row.looks ? asked : words, phrase);
  const read = rest && READERS[row.takes](row, rest, (inner) => readCommand(inner, askedAboutIn(sayings)));
  if (read === undefined || (phrase.hasGap && read.kind === "reply")) return undefined;
  const found = { row, length: lengthOf(phrase), behind: phrase.after.length };
  const own = row.written ?? row.says[0];
  const typed = [own, ...(rest ?? []).map(asTyped)].join(" ");
  if (read.kind === "reply") return { ...found, outcome: read, written: typed };
  // The row's types say what its reader returns; the compiler cannot follow that through the table.
  const command = { kind: row.name, ...row.gives, ...read.arguments } as Command;
  const number = rest?.length === 0 ? undefined : Object.values(read.arguments).find(Number.isFinite);
  return {
    ...found,
    outcome: { kind: "command", command },
    written: number === undefined ? typed : `${own} ${number}`,
  };
}
