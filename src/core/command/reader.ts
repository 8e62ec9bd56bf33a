import type { Command, Reply } from "./command.js";
import type { Arguments, CommandRow, Takes } from "./command-row.js";
import { asTyped, type Word } from "./words.js";

/** What a reader made of the words: arguments, or something to ask. undefined: they are no arguments, but chat. */
export type Read<Kind extends Takes> =
  | { readonly kind: "arguments"; readonly arguments: Arguments[Kind] }
  | { readonly kind: "reply"; readonly reply: Reply }
  | undefined;

/** A sentence that was read by the table: what it says, and how we would write it. */
export interface ReadSentence {
  readonly outcome:
    | { readonly kind: "command"; readonly command: Command }
    | { readonly kind: "reply"; readonly reply: Reply };
  readonly written: string;
}

/**
 * Reads what stands with the words of a command.
 * @param read reads a sentence within the sentence by the same table, questions left out; undefined: it is no command
 */
export type Reader<Kind extends Takes> = (
  row: CommandRow,
  rest: readonly Word[],
  read: (words: readonly Word[]) => ReadSentence | undefined,
) => Read<Kind>;

/** Asks about a part of a command that makes no sense. */
export function notUnderstood(row: CommandRow, part: readonly Word[]): Read<never> {
  const reply: Reply = {
    code: "not-understood",
    part: part.map(asTyped).join(" "),
    command: row.says[0],
  };
  return { kind: "reply", reply };
}
