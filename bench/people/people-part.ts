import { randomUUID } from "node:crypto";
import { postgresStores, type StoreMaker, sqliteStores } from "../filled-stores.js";
import type { KeptIn } from "../kept-in.js";
import type { BenchRun, Part } from "../part.js";
import { median } from "../percentiles.js";
import { startDurablePostgres } from "../postgres.js";
import { startProgram } from "../program.js";
import { figure, table } from "../table.js";
import { inWords, isMet, type Target } from "../target.js";
import type { PeopleFigures, PeopleTask } from "./people-process.js";

const SIZES = { few: 10_000, many: 100_000, rounds: 3 };
const QUICK = { few: 2_000, many: 20_000, rounds: 3 };
/** As against reading the same people without hashing them. */
const AT_MOST_TIMES_READING = 3;
/** The same of counting adoption. */
const COUNTED_AT_MOST_TIMES_READING = 2;
const LONGEST_TURN_MS = 50;
const MORE_MEMORY_MB = 50;

interface Measured {
  readonly name: string;
  readonly few: PeopleFigures;
  readonly many: PeopleFigures;
}

/**
 * What it takes to go through everybody with a passkey: to compare a scan with its record when a plan is approved, where they are
 * hashed; and to count adoption.
 */
export const peoplePart: Part = {
  name: "people",
  async run(run: BenchRun) {
    const tenantId = randomUUID();
    const { few, many, rounds } = run.quick ? QUICK : SIZES;
    const server = await startDurablePostgres();
    try {
      const all: Measured[] = [];
      for (const maker of [sqliteStores(run, tenantId), postgresStores(run, server, tenantId)]) {
        const small = await measure(run, maker, few, rounds);
        const large = await measure(run, maker, many, rounds);
        all.push({ name: maker.engine, few: small, many: large });
      }
      const head = [
        "",
        "people",
        "reading s",
        "and hashing s",
        "and counting s",
        "longest turn, CPU ms",
        "peak RSS MB",
      ];
      const rows = all.flatMap(({ name, ...of }) => [row(name, few, of.few), row(name, many, of.many)]);
      run.report(table(head, rows));
      const targets = all.flatMap(targetsOf);
      run.report(targets.map(inWords).join("\n"));
      return targets.every(isMet);
    } finally {
      await server.remove();
    }
  },
};

async function measure(
  run: BenchRun,
  maker: StoreMaker,
  people: number,
  rounds: number,
): Promise<PeopleFigures> {
  const keptIn: KeptIn = await maker.make(0);
  await ask(run, { what: "fill", keptIn, people });
  return (await ask(run, { what: "measure", keptIn, people, rounds })) as PeopleFigures;
}

async function ask(run: BenchRun, task: PeopleTask): Promise<unknown> {
  const script = run.script("people/people-process");
  const program = startProgram({ script, options: task, folder: run.folder, heapMb: 256 });
  const answer = await program.hear();
  await program.end();
  return answer;
}

function row(name: string, people: number, figures: PeopleFigures): readonly string[] {
  const { readSeconds, hashSeconds, adoptionSeconds, longestMs, peakRssMb } = figures;
  return [
    ...[name, figure(people), figure(median(readSeconds), 2), figure(median(hashSeconds), 2)],
    ...[figure(median(adoptionSeconds), 2), figure(Math.max(...longestMs)), figure(peakRssMb)],
  ];
}

function targetsOf({ name, few, many }: Measured): readonly Target[] {
  return [
    {
      about: `of the time that reading alone takes, ${name}`,
      is: median(many.hashSeconds) / median(many.readSeconds),
      bound: { atMost: AT_MOST_TIMES_READING },
      unit: "x",
    },
    {
      about: `of the time that reading alone takes, for adoption, ${name}`,
      is: median(many.adoptionSeconds) / median(many.readSeconds),
      bound: { atMost: COUNTED_AT_MOST_TIMES_READING },
      unit: "x",
    },
    {
      about: `of the processor at most without a turn for others, ${name}`,
      is: median(many.longestMs),
      bound: { atMost: LONGEST_TURN_MS },
      unit: " ms",
    },
    {
      about: `more memory than with a tenth of the people, ${name}`,
      is: many.peakRssMb - few.peakRssMb,
      bound: { atMost: MORE_MEMORY_MB },
      unit: " MB",
    },
  ];
}
