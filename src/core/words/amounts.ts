/** "1 person", "3 people", "5,000 people". */
export function people(count: number): string {
  return count === 1 ? "1 person" : `${number(count)} people`;
}

/** "1 plan", "2 plans". */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const FORMAT = new Intl.NumberFormat("en-US");

/** "5,000". */
export function number(count: number): string {
  return FORMAT.format(count);
}

/** " (37%)": rounded down, so that 100% is all of them; nothing where it is not known how many those are, or none. */
export function share(part: number, all: number | undefined): string {
  return all === undefined || all === 0 ? "" : ` (${Math.floor((100 * Math.min(part, all)) / all)}%)`;
}

/**
 * The parts of a whole in percent, which are 100 together: each is rounded down, and what is left goes to those that lost most
 * by that. Only the whole is 100. Of nothing each is 0.
 */
export function percentages(parts: readonly number[]): readonly number[] {
  const all = parts.reduce((sum, part) => sum + part, 0);
  if (all === 0) return parts.map(() => 0);
  const rounded = parts.map((part) => Math.floor((100 * part) / all));
  const left = 100 - rounded.reduce((sum, part) => sum + part, 0);
  const byLoss = parts
    .map((part, at) => ({ at, loss: (100 * part) % all }))
    .filter(({ at, loss }) => loss > 0 && rounded[at] !== 99)
    .sort((a, b) => b.loss - a.loss);
  const raised = new Set(byLoss.slice(0, left).map(({ at }) => at));
  return rounded.map((part, at) => (raised.has(at) ? part + 1 : part));
}

/** "a", "a and b", "a, b and c", "a, b, c and 12 more". */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${number(rest)} more`;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
