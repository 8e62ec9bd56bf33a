import type { CommandRow } from "./command-row.js";
import { type Phrase, phraseOf } from "./phrase.js";

/** One way to say one command. */
export interface Saying {
  readonly row: CommandRow;
  readonly phrase: Phrase;
}

/** Every way to say every command of a table. */
export function sayingsOf(rows: readonly CommandRow[]): readonly Saying[] {
  return rows.flatMap((row) => row.says.map((said) => ({ row, phrase: phraseOf(said) })));
}
