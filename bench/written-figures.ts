/** Around the figures of one part in docs/benchmarks.md. */
const BEGINS = (part: string): string =>
  `<!-- figures of ${part}, written by \`npm run bench -- ${part} --write\` -->`;
const ENDS = "<!-- end of figures -->";

/** Where and when they were measured. */
export interface Measured {
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
  /** Of the minute before and of the minute at the end. */
  readonly loads: readonly [number, number];
  readonly at: Date;
  readonly minutes: number;
}

/** The document with these figures in place of the part's last ones. @throws Error where the part has no place in it */
export function withFigures(
  document: string,
  part: string,
  reports: readonly string[],
  measured: Measured,
): string {
  const [before, rest] = halves(document, BEGINS(part), part);
  const [, after] = halves(rest, ENDS, part);
  const figures = [inWords(measured), ...reports.map(asMarkdown)].join("\n\n");
  return `${before}${BEGINS(part)}\n\n${figures}\n\n${ENDS}${after}`;
}

function halves(text: string, mark: string, part: string): readonly [string, string] {
  const at = text.indexOf(mark);
  if (at < 0)
    throw new Error(`docs/benchmarks.md has no place for the figures of ${part}: "${mark}" is missing`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function inWords({ versions, machine, loads: [before, after], at, minutes }: Measured): string {
  const names = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const took =
    minutes < 1 ? "less than a minute" : minutes < 2 ? "a minute" : `${Math.round(minutes)} minutes`;
  const load = `load average ${before.toFixed(1)} before and ${after.toFixed(1)} at the end`;
  return `${at.toISOString().slice(0, 10)}, ${took}; ${names.join(", ")}; ${machine}; ${load}.`;
}

/** A table stays one; what was printed besides keeps its lines. */
function asMarkdown(report: string): string {
  const text = report.trim();
  return text.startsWith("|") ? text : `\`\`\`text\n${text}\n\`\`\``;
}
