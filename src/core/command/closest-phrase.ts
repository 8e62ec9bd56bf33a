import { asTyped, phrase, type Word } from "./words.js";

/** Something people say, and how we write it ourselves. */
export interface Candidate {
  readonly said: string;
  readonly write: string;
  /** Something may follow. Without it the phrase is only meant when nothing does. */
  readonly goesOn?: true;
}

/**
 * The command a text was probably meant to be, as we would write it: its first words are a phrase with a typo or
 * two. What followed the phrase is kept, so that options survive the correction.
 */
export function closestPhrase(words: readonly Word[], candidates: readonly Candidate[]): string | undefined {
  const scored = candidates.flatMap((candidate) => {
    const length = candidate.said.split(" ").length;
    const start = phrase(words.slice(0, length));
    const distance = editDistance(start, candidate.said);
    const rest = words.slice(length);
    if (distance > tolerance(candidate.said) || (rest.length > 0 && !candidate.goesOn)) return [];
    return [{ distance, suggestion: [candidate.write, ...rest.map(asTyped)].join(" ") }];
  });
  return scored.sort((a, b) => a.distance - b.distance)[0]?.suggestion;
}

/** How many slips still look like this phrase: none in a short word, one in a word, up to three in a phrase. */
function tolerance(said: string): number {
  if (said.length < 4) return 0;
  if (said.length < 8) return 1;
  return said.length < 12 ? 2 : 3;
}

/** Edits (insert, delete, replace, swap neighbours) between two texts: optimal string alignment. */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
