import { parseCommand } from "../../src/core/command/parse-command.js";
import type { BenchRun, Part } from "../part.js";
import { figure, table } from "../table.js";
import { inWords, isMet, type Target } from "../target.js";
import { hostileTexts } from "./hostile-texts.js";

const ROUNDS = 9;
const SLOWEST_SHOWN = 8;
const BASELINE_CHARACTERS = 65_536;
/**
 * As against bringing the longest text into one form and splitting it at its blanks, which nobody can do without: 2.4 ms
 * where nothing else runs, so that no text takes 20.
 */
const AT_MOST_TIMES_SPLITTING = 8;

/** What it takes to understand a text, whatever it is: the worst of those that were made to take long. */
export const parsePart: Part = {
  name: "parse",
  async run(run: BenchRun) {
    const baseline = leastMs(() => {
      const text = "an ordinary word or two ".repeat(BASELINE_CHARACTERS).slice(0, BASELINE_CHARACTERS);
      text
        .normalize("NFKC")
        .toLowerCase()
        .split(/\s+/u)
        .map((word) => ({ word, lower: word.trim() }));
    });
    const measured = hostileTexts()
      .map(({ name, text }) => ({ name, ms: leastMs(() => parseCommand(text)) }))
      .sort((one, other) => other.ms - one.ms);
    const rows = measured.slice(0, SLOWEST_SHOWN).map(({ name, ms }) => [name, `${figure(ms, 1)} ms`]);
    run.report(table(["the slowest texts", "to understand"], rows));
    const worst: Target = {
      about: `times splitting (${figure(baseline, 1)} ms) for the worst text`,
      is: (measured[0]?.ms ?? Number.NaN) / baseline,
      bound: { atMost: AT_MOST_TIMES_SPLITTING },
    };
    run.report(inWords(worst));
    return isMet(worst);
  },
};

/** Of processor time, to which other load adds little. */
function leastMs(work: () => void): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}
