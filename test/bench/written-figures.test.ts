import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { withFigures } from "../../bench/written-figures.js";

const MEASURED = {
  versions: { Node: "20.19.0", libsql: "0.5.29" },
  machine: "2 cores (a model), linux x64",
  loads: [0.24, 1.96],
  at: new Date("2026-11-29T23:10:00Z"),
  minutes: 7.4,
} as const;
const PART = (part: string, figures: string) =>
  `<!-- figures of ${part}, written by \`npm run bench -- ${part} --write\` -->${figures}<!-- end of figures -->`;

test("figures take the place of the part's last ones, with machine, versions and date; all else stays as it is", () => {
  const document = `# Benchmarks\n\n${PART("scan", "\n\nold\n\n")}\n\nBetween.\n\n${PART("turns", " kept ")}\n`;
  const written = withFigures(document, "scan", ["| a |\n| - |", "PASS  1x\nFAIL  2x"], MEASURED);
  const said =
    "2026-11-29, 7 minutes; Node 20.19.0, libsql 0.5.29; 2 cores (a model), linux x64; load average 0.2 before and 2.0 at the end.";
  const figures = `\n\n${said}\n\n| a |\n| - |\n\n\`\`\`text\nPASS  1x\nFAIL  2x\n\`\`\`\n\n`;
  expect(written).toBe(
    `# Benchmarks\n\n${PART("scan", figures)}\n\nBetween.\n\n${PART("turns", " kept ")}\n`,
  );
});

test("a part without a place in the document is an error, and nothing is written elsewhere", () => {
  expect(() => withFigures(PART("scan", ""), "turns", ["x"], MEASURED)).toThrow(
    "no place for the figures of turns",
  );
  expect(() => withFigures(PART("scan", "").slice(0, -4), "scan", ["x"], MEASURED)).toThrow("end of figures");
});

test.each(["scan", "store", "people", "parse", "process", "turns", "soak"])(
  "docs/benchmarks.md has a place for the figures of %s",
  (part) => {
    const document = readFileSync("docs/benchmarks.md", "utf8");
    expect(withFigures(document, part, ["| fresh |"], MEASURED)).toContain("| fresh |");
  },
);
