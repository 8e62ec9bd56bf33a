import { availableParallelism } from "node:os";
import type { Sender } from "../../simulators/teams/activities.js";
import { type DirectoryProcess, startDirectoryProcess } from "../directory-process.js";
import { postgresStores, type StoreMaker, sqliteStores } from "../filled-stores.js";
import type { KeptIn } from "../kept-in.js";
import type { BenchRun, Part } from "../part.js";
import { startDurablePostgres } from "../postgres.js";
import { inWords, isMet } from "../target.js";
import { type DriverProgram, startDriver } from "./driver-program.js";
import type { EchoWork } from "./echo-work.js";
import { measureApprovals, measureTurns, type Subject, type TurnsPlan, warmUp } from "./measure-turns.js";
import { STORY, settleIn } from "./settle-in.js";
import { startEcho, startLatchkey, type TestedBot } from "./tested-bot.js";
import {
  ECHO,
  ECHO_READS,
  ECHO_SAME_READS,
  echoCommits,
  echoPlans,
  RATE_AT,
  scalingOf,
  subjectName,
  TIME_AT,
  turnsFloors,
  turnsTable,
  turnsTargets,
} from "./turns-report.js";

interface Size extends TurnsPlan {
  readonly oldPlans: number;
}
const FULL: Size = {
  oldPlans: 100_000,
  rounds: 4,
  answers: [
    { atOnce: TIME_AT, count: 200 },
    { atOnce: RATE_AT, count: 200 },
    { atOnce: 32, count: 64 },
  ],
  approvals: 100,
};
const QUICK: Size = {
  oldPlans: 10_000,
  rounds: 1,
  answers: [TIME_AT, RATE_AT].map((atOnce) => ({ atOnce, count: 100 })),
  approvals: 20,
};

const TENANT = { people: 300, readers: 32 };

/** Messages and clicks through the whole bot, beside echo bots in the same run. */
export const turnsPart: Part = {
  name: "turns",
  async run(run: BenchRun) {
    const size = run.quick ? QUICK : FULL;
    const directory = await startDirectoryProcess(run, TENANT);
    const driver = await startDriver(run, directory);
    const server = await startDurablePostgres();
    const bots: TestedBot[] = [];
    try {
      const { readers: people } = await directory.ask<{ readonly readers: readonly Sender[] }>({
        do: "readers",
      });
      const world = { directory, driver, people, says: run.print };
      const { tenantId } = directory.access;
      const makers = [sqliteStores(run, tenantId), postgresStores(run, server, tenantId)];
      const subjects = await startAll(run, world, { makers, oldPlans: size.oldPlans, bots });
      await warmUp(world, subjects);
      const figures = [...(await measureTurns(world, subjects, size))];
      for (const subject of subjects.filter(({ turns }) => !turns.includes("echo"))) {
        run.print(`approvals: ${subject.name}`);
        figures.push(await measureApprovals(world, subject, { ...STORY, count: size.approvals }));
      }
      run.report(turnsTable(figures));
      const engines = makers.map(({ engine }) => engine);
      const scaling = scalingOf(figures, "PostgreSQL", availableParallelism());
      const targets = [...engines.flatMap((engine) => turnsTargets(figures, engine)), ...scaling.targets];
      const floors = engines.flatMap((engine) => turnsFloors(figures, engine));
      run.report([...targets.map(inWords), ...floors, ...scaling.words].join("\n"));
      return targets.every(isMet);
    } finally {
      for (const bot of bots) await bot.stop();
      await driver.stop();
      await directory.stop();
      await server.remove();
    }
  },
};

interface World {
  readonly directory: DirectoryProcess;
  readonly driver: DriverProgram;
}

/** Starts everything that is measured. What is started is in `bots` as soon as it is, so that it can be stopped. */
async function startAll(
  run: BenchRun,
  { directory, driver }: World,
  { makers, oldPlans, bots }: { makers: readonly StoreMaker[]; oldPlans: number; bots: TestedBot[] },
): Promise<readonly Subject[]> {
  const startBaseline = async (name: string, work: EchoWork): Promise<Subject> => {
    const bot = await startEcho(run, directory, work);
    bots.push(bot);
    return { name, bots: [bot], turns: ["echo"] };
  };
  const start = async (name: string, keptIn: KeptIn, replicas: number): Promise<Subject> => {
    const own: TestedBot[] = [];
    for (let nth = 0; nth < replicas; nth += 1) {
      const bot = await startLatchkey(run, directory, keptIn);
      bots.push(bot);
      own.push(bot);
      // The replicas share what it leaves behind.
      if (nth === 0) await settleIn(driver, bot);
    }
    return { name, bots: own, turns: ["show policy", "enable passkeys"] };
  };
  const subjects = [
    await startBaseline(ECHO, { kind: "nothing" }),
    await startBaseline(ECHO_READS, { kind: "two reads" }),
    await startBaseline(ECHO_SAME_READS, { kind: "reads of show policy" }),
  ];
  for (const maker of makers) {
    const { engine } = maker;
    const commits = { kind: "one commit", keptIn: await maker.make(0) } as const;
    subjects.push(await startBaseline(echoCommits(engine), commits));
    const plans = { kind: "reads of enable passkeys, one commit", keptIn: await maker.make(0) } as const;
    subjects.push(await startBaseline(echoPlans(engine), plans));
    subjects.push(await start(subjectName(engine, "new"), await maker.make(0), 1));
    // One process alone may have a folder.
    if (engine === "PostgreSQL")
      subjects.push(await start(subjectName(engine, "two replicas"), await maker.make(0), 2));
    subjects.push(await start(subjectName(engine, "old plans"), await maker.make(oldPlans), 1));
  }
  return subjects;
}
