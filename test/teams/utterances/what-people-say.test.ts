import { writeFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type Judgement, judge } from "./judge.js";
import { SampleCompany } from "./sample-company.js";
import { linesIn, readScores, type Score, tally, writeScores } from "./scores.js";
import { ownUtterances, sharedUtterances, type Utterance } from "./utterance.js";

const TENANTS = ["paused-pilot", "profiles", "profiles-full", "legacy-allow", "never-enabled"] as const;
const HEARING_LIMIT_MS = 300_000;

interface Judged extends Judgement {
  readonly utterance: Utterance;
  readonly answer: string;
}

const own = await ownUtterances();
const shared = await sharedUtterances();
const floor = await readScores();
const judged = new Map<string, readonly Judged[]>();

/** Tenant by tenant: the company is in one state at a time. */
async function hearAll(company: SampleCompany, utterances: readonly Utterance[]): Promise<readonly Judged[]> {
  const all: Judged[] = [];
  for (const tenant of TENANTS) {
    const conversation = await company.conversationIn(tenant);
    for (const utterance of utterances.filter((each) => each.tenant === tenant)) {
      const heard = await conversation.hearAlone(utterance);
      all.push({ utterance, answer: heard.answer, ...judge(utterance, heard) });
    }
  }
  return all;
}

beforeAll(async () => {
  const company = await SampleCompany.open();
  const ids = new Set(own.map(({ id }) => id));
  const all = await hearAll(company, [...own, ...(shared ?? [])]);
  await company.close();
  judged.set(
    "own",
    all.filter(({ utterance }) => ids.has(utterance.id)),
  );
  judged.set(
    "shared",
    all.filter(({ utterance }) => !ids.has(utterance.id)),
  );
  // For those who change the grammar: every line with what came of it.
  const file = process.env.LATCHKEY_WRITE_VERDICTS;
  if (file !== undefined) await writeFile(file, all.map((each) => `${JSON.stringify(each)}\n`).join(""));
}, HEARING_LIMIT_MS);

function scoresOf(set: string): readonly Score[] {
  const classes = new Set((judged.get(set) ?? []).map(({ utterance }) => utterance.class));
  return [...classes].sort().map((name) => {
    const lines = (judged.get(set) ?? []).filter(({ utterance }) => utterance.class === name);
    const now = tally(lines.map(({ verdict }) => verdict));
    const before = floor.find((row) => row.set === set && row.class === name)?.before ?? now;
    return { set, class: name, before, now };
  });
}

/** The lines of a class that are not right, for the one who reads the failure. */
const failures = (set: string, name: string): string =>
  (judged.get(set) ?? [])
    .filter(({ utterance, verdict }) => utterance.class === name && verdict !== "right")
    .map(
      ({ utterance, verdict, because }) =>
        `${verdict}: ${JSON.stringify(utterance.said.slice(0, 80))}, ${because}`,
    )
    .join("\n");

describe.each(["own", "shared"])("what people say, the %s lines", (set) => {
  it("is answered no worse than the table says, class by class", (ctx) => {
    if (set === "shared" && shared === undefined) return ctx.skip("skipped: not present");
    const isWritten = process.env.LATCHKEY_WRITE_SCORES === "1";
    for (const { class: name, now } of scoresOf(set)) {
      const least = floor.find((row) => row.set === set && row.class === name)?.now;
      // Other lines than those of the table: there is nothing to compare with.
      if (isWritten && (least === undefined || linesIn(least) !== linesIn(now))) continue;
      expect(least, `${set} ${name} is in the table`).toBeDefined();
      expect(linesIn(now), `${name}: as many lines as in the table`).toBe(
        least === undefined ? 0 : linesIn(least),
      );
      expect(now.right, `${name}: right\n${failures(set, name)}`).toBeGreaterThanOrEqual(least?.right ?? 0);
      expect(now.wrong, `${name}: wrong\n${failures(set, name)}`).toBeLessThanOrEqual(least?.wrong ?? 0);
      expect(now.dangerous, `${name}: dangerous\n${failures(set, name)}`).toBeLessThanOrEqual(
        least?.dangerous ?? 0,
      );
    }
    return undefined;
  });
});

it.runIf(process.env.LATCHKEY_WRITE_SCORES === "1")("writes the table", async () => {
  const kept = shared === undefined ? floor.filter(({ set }) => set === "shared") : scoresOf("shared");
  await writeScores([...scoresOf("own"), ...kept]);
  expect((await readScores()).length).toBeGreaterThan(0);
});
