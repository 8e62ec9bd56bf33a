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

/** Ways to say commands by the first of their words; thousands are read for every text. */
interface Index {
  readonly byFirst: ReadonlyMap<string, readonly Saying[]>;
  readonly places: ReadonlyMap<Saying, number>;
}

/** What stands for the first word where the argument comes first. */
const ARGUMENT_FIRST = "";
const INDEXES = new WeakMap<readonly Saying[], Index>();

/** Those that may begin with one of these words, in the order of the table. */
export function beginningWith(sayings: readonly Saying[], words: readonly string[]): readonly Saying[] {
  const { byFirst, places } = indexOf(sayings);
  return [...new Set([ARGUMENT_FIRST, ...words])]
    .flatMap((word) => byFirst.get(word) ?? [])
    .sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

/** Whether a request may begin with this word. */
export function beginsSaying(sayings: readonly Saying[], word: string): boolean {
  return word !== ARGUMENT_FIRST && indexOf(sayings).byFirst.has(word);
}

function indexOf(sayings: readonly Saying[]): Index {
  const known = INDEXES.get(sayings);
  if (known !== undefined) return known;
  const byFirst = new Map<string, Saying[]>();
  for (const saying of sayings) {
    const first = saying.phrase.before[0] ?? ARGUMENT_FIRST;
    const others = byFirst.get(first);
    if (others === undefined) byFirst.set(first, [saying]);
    else others.push(saying);
  }
  const index = { byFirst, places: new Map(sayings.map((saying, place) => [saying, place])) };
  INDEXES.set(sayings, index);
  return index;
}
