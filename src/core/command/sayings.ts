import type { CommandRow } from "./command-row.js";
import { type Phrase, phraseOf } from "./phrase.js";
import type { Word } from "./words.js";

/** One way to say one command. */
export interface Saying {
  readonly row: CommandRow;
  readonly phrase: Phrase;
}

/** Every way to say every command of a table. */
export function sayingsOf(rows: readonly CommandRow[]): readonly Saying[] {
  return rows.flatMap((row) => row.says.map((said) => ({ row, phrase: phraseOf(said) })));
}

/** Ways to say commands by their outer words; thousands are read for every text. */
interface Index {
  readonly firsts: ReadonlySet<string>;
  /** By their first two words, or by the only one: hundreds begin with the same first. */
  readonly byBeginning: ReadonlyMap<string, readonly Saying[]>;
  /** Those that begin with their argument, by the word they end with. */
  readonly byLast: ReadonlyMap<string, readonly Saying[]>;
  readonly places: ReadonlyMap<Saying, number>;
  readonly askedAbout: readonly Saying[];
}

/** What stands for the outer word where there is none but the argument. */
const ARGUMENT = "";
const INDEXES = new WeakMap<readonly Saying[], Index>();

/** Those that may begin and end as one of these texts does, in the order of the table. */
export function withOuterWordsOf(
  sayings: readonly Saying[],
  texts: readonly (readonly Word[])[],
): readonly Saying[] {
  const { byBeginning, byLast, places } = indexOf(sayings);
  const beginnings = new Set(texts.flatMap((words) => [1, 2].map((length) => beginningOf(words, length))));
  const lasts = new Set([ARGUMENT, ...texts.map((words) => words.at(-1)?.lower ?? ARGUMENT)]);
  return [
    ...[...beginnings].flatMap((beginning) => byBeginning.get(beginning) ?? []),
    ...[...lasts].flatMap((word) => byLast.get(word) ?? []),
  ].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}

function beginningOf(words: readonly Word[], length: number): string {
  return words
    .slice(0, length)
    .map(({ lower }) => lower)
    .join(" ");
}

/** Whether a request may begin with this word. */
export function beginsSaying(sayings: readonly Saying[], word: string): boolean {
  return indexOf(sayings).firsts.has(word);
}

/**
 * Those of what can be asked about. A question within a question is none, and would be read in as many ways as its
 * conditions can be combined.
 */
export function askedAboutIn(sayings: readonly Saying[]): readonly Saying[] {
  return indexOf(sayings).askedAbout;
}

function indexOf(sayings: readonly Saying[]): Index {
  const known = INDEXES.get(sayings);
  if (known !== undefined) return known;
  const beginning = sayings.filter(({ phrase }) => phrase.before.length > 0);
  const others = sayings.filter(({ phrase }) => phrase.before.length === 0);
  const index = {
    firsts: new Set(beginning.flatMap(({ phrase }) => phrase.before.slice(0, 1))),
    byBeginning: groupedBy(beginning, ({ phrase }) => phrase.before.slice(0, 2).join(" ")),
    byLast: groupedBy(others, ({ phrase }) => phrase.after.at(-1)),
    places: new Map(sayings.map((saying, place) => [saying, place])),
    askedAbout: sayings.filter(({ row }) => row.takes !== "change"),
  };
  INDEXES.set(sayings, index);
  return index;
}

function groupedBy(
  sayings: readonly Saying[],
  wordOf: (saying: Saying) => string | undefined,
): ReadonlyMap<string, readonly Saying[]> {
  const groups = new Map<string, Saying[]>();
  for (const saying of sayings) {
    const word = wordOf(saying) ?? ARGUMENT;
    const group = groups.get(word);
    if (group === undefined) groups.set(word, [saying]);
    else group.push(saying);
  }
  return groups;
}
