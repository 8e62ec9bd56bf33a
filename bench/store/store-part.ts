import { randomUUID } from "node:crypto";
import { postgresStores, type StoreMaker, sqliteStores } from "../filled-stores.js";
import type { BenchRun, Part } from "../part.js";
import { startDurablePostgres } from "../postgres.js";
import { startProgram } from "../program.js";
import { inWords, isMet } from "../target.js";
import type { StoreTimes } from "./measure-store.js";
import type { StoreTask } from "./store-process.js";
import { type EngineTimes, storeTable, storeTargets } from "./store-report.js";

/** A page of a history is full on either store. */
const FEW = 50;
const SIZE = { many: 100_000, rounds: 1_000 };
const QUICK = { many: 10_000, rounds: 200 };

/** What the store takes with a long history, beside one with hardly any, in the same run. */
export const storePart: Part = {
  name: "store",
  async run(run: BenchRun) {
    const tenantId = randomUUID();
    const server = await startDurablePostgres();
    try {
      const all: EngineTimes[] = [];
      for (const maker of [sqliteStores(run, tenantId), postgresStores(run, server, tenantId)]) {
        const figures = await measureEngine(run, maker, tenantId);
        run.report(storeTable(figures));
        all.push(figures);
      }
      const targets = all.flatMap(storeTargets);
      run.report(targets.map(inWords).join("\n"));
      return targets.every(isMet);
    } finally {
      await server.remove();
    }
  },
};

async function measureEngine(run: BenchRun, maker: StoreMaker, tenantId: string): Promise<EngineTimes> {
  const { many, rounds } = run.quick ? QUICK : SIZE;
  const task: StoreTask = {
    what: "measure",
    tenantId,
    stores: [
      { keptIn: await maker.make(FEW), plans: FEW },
      { keptIn: await maker.make(many), plans: many },
    ],
    rounds,
  };
  const program = startProgram({
    script: run.script("store/store-process"),
    options: task,
    folder: run.folder,
  });
  const times = (await program.hear()) as StoreTimes;
  await program.end();
  return { engine: maker.engine, few: FEW, many, times };
}
