import type { Sender } from "../../simulators/teams/activities.js";
import { type DirectoryProcess, startDirectoryProcess } from "../directory-process.js";
import { sqliteStores } from "../filled-stores.js";
import type { BenchRun, Part } from "../part.js";
import { inWords, isMet } from "../target.js";
import type { ApprovalTimes, LoadFigures } from "../turns/driver.js";
import { type DriverProgram, startDriver } from "../turns/driver-program.js";
import { STORY, settleIn } from "../turns/settle-in.js";
import { startEcho, startLatchkey, type TestedBot } from "../turns/tested-bot.js";
import type { Turn } from "../turns/turn-words.js";
import { LATENCY_MS, type PathTimes, pathTable, pathTargets } from "./path-report.js";

const ANSWERS = { full: 40, quick: 10 };
/** Of each, before anything is measured: connections, keys and names are there then. */
const WARM_UP = 10;

/** How many answers of Graph and Entra a person waits for, one after the other, where each takes long. */
export const pathPart: Part = {
  name: "path",
  async run(run: BenchRun) {
    const count = run.quick ? ANSWERS.quick : ANSWERS.full;
    const directory = await startDirectoryProcess(run, {
      people: 300,
      readers: 8,
      latency: { medianMs: LATENCY_MS, spread: 0 },
      entraTakesAsLong: true,
    });
    const driver = await startDriver(run, directory);
    const bots: TestedBot[] = [];
    try {
      const { readers: people } = await directory.ask<{ readonly readers: readonly Sender[] }>({
        do: "readers",
      });
      const echo = await startEcho(run, directory, { kind: "two reads" });
      bots.push(echo);
      const keptIn = await sqliteStores(run, directory.access.tenantId).make(0);
      const bot = await startLatchkey(run, directory, keptIn);
      bots.push(bot);
      await settleIn(driver, bot);
      const times = await measure({ run, directory, driver, people }, { echo, bot, count });
      run.report(pathTable(times));
      const targets = pathTargets(times);
      run.report(targets.map(inWords).join("\n"));
      return targets.every(isMet);
    } finally {
      for (const bot of bots) await bot.stop();
      await driver.stop();
      await directory.stop();
    }
  },
};

interface World {
  readonly run: BenchRun;
  readonly directory: DirectoryProcess;
  readonly driver: DriverProgram;
  readonly people: readonly Sender[];
}

interface Subjects {
  readonly echo: TestedBot;
  readonly bot: TestedBot;
  readonly count: number;
}

async function measure(world: World, { echo, bot, count }: Subjects): Promise<PathTimes> {
  const warmed = async (tested: TestedBot, turn: Turn) => {
    world.run.print(turn);
    await answers(world, tested, turn, WARM_UP);
    return answers(world, tested, turn, count);
  };
  const echoed = await warmed(echo, "echo");
  const shown = await warmed(bot, "show policy");
  const proposed = await warmed(bot, "enable passkeys");
  world.run.print("approve");
  await approvals(world, bot, WARM_UP);
  const approved = await approvals(world, bot, count);
  return {
    echoed,
    shown,
    proposed,
    pressed: approved.map(({ milliseconds }) => milliseconds),
    decided: approved.map(({ sinceTokenMs }) => sinceTokenMs),
  };
}

/** One at a time; plans that wait are cancelled. @returns milliseconds of each */
async function answers(
  { driver, people }: World,
  bot: TestedBot,
  turn: Turn,
  count: number,
): Promise<readonly number[]> {
  const load = { do: "load", turn, botUrls: [bot.url], people, atOnce: 1, count } as const;
  const { latencies, plans } = await driver.ask<LoadFigures>(load);
  await driver.ask({ do: "quiet" });
  await driver.ask({ do: "cancel", plans });
  await driver.ask({ do: "quiet" });
  return latencies;
}

async function approvals(
  { directory, driver }: World,
  { url: botUrl }: TestedBot,
  count: number,
): Promise<readonly ApprovalTimes[]> {
  const { token: ssoToken } = await directory.ask<{ readonly token: string }>({
    do: "sso-token",
    person: STORY.approver.id,
  });
  const times: ApprovalTimes[] = [];
  for (let nth = 0; nth < count; nth += 1) {
    times.push(await driver.ask<ApprovalTimes>({ do: "approve", botUrl, ...STORY, ssoToken }));
    await driver.ask({ do: "quiet" });
    await directory.ask({ do: "restore-policy" });
  }
  return times;
}
