import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { VERDICTS, type Verdict } from "./judge.js";

/** How often each verdict was given. */
export type Tally = Readonly<Record<Verdict, number>>;

/** Of one class in one set of utterances. */
export interface Score {
  readonly set: string;
  readonly class: string;
  /** As it was when the utterances were first heard, before the grammar was changed for them. */
  readonly before: Tally;
  /** What no later version may fall below. */
  readonly now: Tally;
}

const TABLE = join(import.meta.dirname, "scores.md");
const HEAD = `# What people say, and what came of it

\`own\` are the lines in \`own/\`; \`shared\` is a file that is not part of this repository. The numbers under "before" were written before the grammar was changed for any of these lines, and stay. Those under "now" are a floor: the test fails when a class has fewer right, or more wrong or dangerous. After a gain: \`LATCHKEY_WRITE_SCORES=1 npx vitest run --project edges test/teams/utterances\`.

Each cell: right / unhelpful / wrong / dangerous.

| set | class | before | now |
| --- | --- | --- | --- |
`;

export async function readScores(): Promise<readonly Score[]> {
  const text = await readFile(TABLE, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => /^\| (own|shared) \|/.test(line))
    .map((line) => {
      const [set = "", name = "", before = "", now = ""] = line
        .slice(1)
        .split("|")
        .map((cell) => cell.trim());
      return { set, class: name, before: tallyOf(before), now: tallyOf(now) };
    });
}

export async function writeScores(scores: readonly Score[]): Promise<void> {
  const rows = scores.map(
    (score) => `| ${score.set} | ${score.class} | ${cell(score.before)} | ${cell(score.now)} |\n`,
  );
  await writeFile(TABLE, HEAD + rows.join(""));
}

export function tally(verdicts: readonly Verdict[]): Tally {
  const count = (wanted: Verdict) => verdicts.filter((verdict) => verdict === wanted).length;
  const [right, unhelpful, wrong, dangerous] = VERDICTS.map(count);
  return { right: right ?? 0, unhelpful: unhelpful ?? 0, wrong: wrong ?? 0, dangerous: dangerous ?? 0 };
}

export function linesIn({ right, unhelpful, wrong, dangerous }: Tally): number {
  return right + unhelpful + wrong + dangerous;
}

function cell({ right, unhelpful, wrong, dangerous }: Tally): string {
  return [right, unhelpful, wrong, dangerous].join(" / ");
}

function tallyOf(text: string): Tally {
  const [right = 0, unhelpful = 0, wrong = 0, dangerous = 0] = text.split("/").map(Number);
  return { right, unhelpful, wrong, dangerous };
}
