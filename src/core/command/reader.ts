import type { Reply } from "./command.js";
import type { Arguments, CommandRow, Takes } from "./command-row.js";
import { asTyped, type Word } from "./words.js";

/** What a reader made of the words: arguments, or something to ask. undefined: they are no arguments, but chat. */
export type Read<Kind extends Takes> =
  | { readonly kind: "arguments"; readonly arguments: Arguments[Kind] }
  | { readonly kind: "reply"; readonly reply: Reply }
  | undefined;

/** Reads what stands with the words of a command. */
export type Reader<Kind extends Takes> = (row: CommandRow, rest: readonly Word[]) => Read<Kind>;

/** Asks about a part of a command that makes no sense. */
export function notUnderstood(row: CommandRow, part: readonly Word[]): Read<never> {
  const reply: Reply = {
    code: "not-understood",
    part: part.map(asTyped).join(" "),
    command: row.says[0],
  };
  return { kind: "reply", reply };
}
