import { asWritten, type Word } from "../words.js";

/** Names at the beginning of some words, and what follows them. */
export interface TakenNames {
  readonly names: readonly string[];
  readonly rest: readonly Word[];
}

/**
 * Names up to where the next part begins: words of one name belong together, a comma (or "and" after "groups") starts
 * the next. A name that contains a comma or the words of another part has to be quoted.
 * @param endsBefore whether the next part begins with these words
 */
export function takeNames(
  words: readonly Word[],
  several: boolean,
  endsBefore: (rest: readonly Word[]) => boolean,
): TakenNames {
  const names: string[] = [];
  let current: Word[] = [];
  let nameMustFollow = true;
  // What is quoted is a whole name, and so is what a comma follows: an "and" behind it joins.
  let afterWhole = false;
  let rest = words;
  const close = () => {
    if (current.length > 0) names.push(asWritten(current));
    current = [];
  };
  for (let word = rest[0]; word !== undefined && (nameMustFollow || !endsBefore(rest)); word = rest[0]) {
    rest = rest.slice(1);
    const joins = word.lower === "and" && !word.quoted && (several || afterWhole);
    if (word.quoted || joins) close();
    if (!joins) current.push({ ...word, comma: false });
    if (word.quoted || word.comma) close();
    nameMustFollow = joins || word.comma;
    afterWhole = word.quoted || word.comma;
  }
  close();
  return { names, rest };
}
