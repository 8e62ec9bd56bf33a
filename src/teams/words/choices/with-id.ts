/**
 * A sentence with an object id in place of the name it was said with, and of its quotes. undefined: the name does not
 * stand in it exactly once, so it is not known what to replace.
 */
export function withId(sentence: string, name: string, id: string): string | undefined {
  const [lower, meant] = [sentence.toLowerCase(), name.toLowerCase()];
  const at = lower.indexOf(meant);
  // A letter may become two in lower case, and then the places are no longer the same.
  if (meant === "" || at === -1 || lower.length !== sentence.length) return undefined;
  if (lower.indexOf(meant, at + 1) !== -1) return undefined;
  const [before, after] = [sentence.slice(0, at), sentence.slice(at + name.length)];
  const isQuoted = /["“„«]$/.test(before) && /^["”“»]/.test(after);
  return isQuoted ? before.slice(0, -1) + id + after.slice(1) : before + id + after;
}
