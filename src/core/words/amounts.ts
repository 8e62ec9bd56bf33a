/** "1 person", "3 people", "5,000 people". */
export function people(count: number): string {
  return count === 1 ? "1 person" : `${number(count)} people`;
}

/** "1 plan", "2 plans". */
export function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** "5,000". */
export function number(count: number): string {
  return count.toLocaleString("en-US");
}

/** " (37%)": rounded down, so that 100% is all of them; nothing where it is not known how many those are, or none. */
export function share(part: number, all: number | undefined): string {
  return all === undefined || all === 0 ? "" : ` (${Math.floor((100 * Math.min(part, all)) / all)}%)`;
}

/** "a", "a and b", "a, b and c", "a, b, c and 12 more". */
export function listed(names: readonly string[], most: number): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(", ")} and ${number(rest)} more`;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
