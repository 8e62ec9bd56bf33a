import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { USUAL_READINGS } from "../../simulators/graph/readings.js";
import { FACTS, type FactId, knownFact } from "../../src/facts/facts.js";
import type { Standing } from "../../src/facts/known-fact.js";

const PAGE = new URL("../../docs/facts.md", import.meta.url);
const IDS = Object.keys(FACTS) as readonly FactId[];

const HEAD = `# Facts

What Latchkey must not guess about Microsoft Graph, because its documentation is silent or says two things. The code has to bear every answer in the table; the simulated Graph plays each, and by default the one in bold, which it reads from the same table (\`src/facts\`). [\`npm run lab\`](lab.md) asks a test tenant all of them.

One that a report of the lab settles gets its answer in \`src/facts\`, with the standing \`settled\`, the address of the issue that has the report, and the day of the report; then write this page anew with \`LATCHKEY_WRITE_FACTS=1 npx vitest run --project edges test/lab/facts-page.test.ts\`.

- settled: by the lab, on a tenant
- documented: Microsoft's text says so
- seen: in other tools, issues or captures; weaker than a text
- assumed: no public source says it

| fact | question | answers | standing | source | date |
| --- | --- | --- | --- | --- | --- |
`;

function row(id: FactId): string {
  const { question, readings, value, standing, source, date } = knownFact(id);
  const answers = Object.entries(readings).map(([reading, means]) =>
    reading === value ? `**${means}** (\`${reading}\`)` : `${means} (\`${reading}\`)`,
  );
  return `| \`${id}\` | ${question} | ${answers.join("; ")} | ${standing} | ${source} | ${date} |`;
}

const page = `${HEAD}${IDS.map(row).join("\n")}\n`;

describe("docs/facts.md", () => {
  it.runIf(process.env.LATCHKEY_WRITE_FACTS === "1")("is written", () => writeFileSync(PAGE, page));

  it("is the table of facts as a page", () => {
    expect(readFileSync(PAGE, "utf8")).toBe(page);
  });
});

describe("the table of facts", () => {
  it.each(IDS)("%s has a value that is one of its answers, and a day of its source", (id) => {
    const { readings, value, date, source, question } = knownFact(id);
    expect(Object.keys(readings)).toContain(value);
    expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
    expect(question.endsWith("?")).toBe(true);
    expect(source).not.toBe("");
  });

  it("settles nothing without an address of the report", () => {
    const settled = IDS.map(knownFact).filter(
      ({ standing }: { standing: Standing }) => standing === "settled",
    );
    expect(settled.filter(({ source }) => !source.startsWith("https://"))).toEqual([]);
  });

  it("is where the simulated Graph has its defaults from", () => {
    const same = IDS.filter((id) => Object.hasOwn(USUAL_READINGS, id)) as readonly (FactId &
      keyof typeof USUAL_READINGS)[];
    expect(same.length).toBeGreaterThan(15);
    // What a yes or no is in the one is a word in the other.
    const differ = same.filter((id) => typeof USUAL_READINGS[id] === "string");
    expect(differ.filter((id) => USUAL_READINGS[id] !== knownFact(id).value)).toEqual([]);
  });
});
