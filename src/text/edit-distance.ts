/**
 * Edits (insert, delete, replace, swap neighbours) between two texts: optimal string alignment.
 * @param most what is further apart need not be told apart: a number above it is returned then, and sooner
 */
export function editDistance(a: string, b: string, most = Number.POSITIVE_INFINITY): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  return distanceOf(a.slice(start, endA), b.slice(start, endB), most);
}

function distanceOf(a: string, b: string, most: number): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  // A swap reaches back two rows.
  let [leastBefore, least] = [0, 0];
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    [leastBefore, least] = [least, i];
    for (let j = 1; j <= b.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min(replace, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(best);
      least = Math.min(least, best);
    }
    if (Math.min(least, leastBefore) > most) return most + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** Whether that many edits make one text of the other. Most texts are told apart by their letters, in no time. */
export function isWithin(most: number, a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > most) return false;
  const [ofA, ofB] = [lettersOf(a), lettersOf(b)];
  if (bitsIn(ofA & ~ofB) > most || bitsIn(ofB & ~ofA) > most) return false;
  return editDistance(a, b, most) <= most;
}

/** Which letters there are, one bit for each; an edit adds or takes one at most. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) letters |= 1 << (text.charCodeAt(at) % 32);
  return letters;
}

function bitsIn(letters: number): number {
  let count = 0;
  for (let rest = letters; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}
