import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Sender } from "../../simulators/teams/activities.js";
import { type DirectoryProcess, startDirectoryProcess } from "../directory-process.js";
import { freePort } from "../free-port.js";
import { latchkeyEnvironment } from "../latchkey-environment.js";
import type { BenchRun, Part } from "../part.js";
import { median } from "../percentiles.js";
import { figure, table } from "../table.js";
import { inWords, isMet, type Target } from "../target.js";
import { type DriverProgram, startDriver } from "../turns/driver-program.js";
import type { Turn } from "../turns/turn-words.js";
import type { BareOptions } from "./bare-process.js";
import { startWatched, type WatchedBot } from "./watched-bot.js";

const STARTS = { full: 15, quick: 5 };
const TURNS = 100;
const AT_ONCE = 8;
const MB = 1024 * 1024;

/** Of one bot, one value a start. */
interface Starts {
  readonly bot: string;
  readonly wallMs: readonly number[];
  readonly cpuMs: readonly number[];
  readonly rssBytes: readonly number[];
  readonly rssAfterTurnsBytes: readonly number[];
}

interface Measured {
  readonly bot: string;
  readonly turn: Turn;
  start(): Promise<WatchedBot>;
}

/** From nothing to ready, and what is held then, beside a bare bot of the same framework in the same run. */
export const processPart: Part = {
  name: "process",
  async run(run: BenchRun) {
    const directory = await startDirectoryProcess(run, { people: 300, readers: AT_ONCE });
    const driver = await startDriver(run, directory);
    try {
      const { readers: people } = await directory.ask<{ readonly readers: readonly Sender[] }>({
        do: "readers",
      });
      const bots: readonly Measured[] = [
        { bot: "bare bot", turn: "echo", start: () => startBare(run, directory) },
        { bot: "Latchkey", turn: "show policy", start: () => startFresh(run, directory) },
      ];
      const rounds = run.quick ? STARTS.quick : STARTS.full;
      const [bare, own] = await measure(bots, { rounds, driver, people });
      if (bare === undefined || own === undefined) throw new Error("nothing was measured");
      run.report(startsTable([bare, own]));
      const targets = processTargets(own, bare);
      run.report(targets.map(inWords).join("\n"));
      return targets.every(isMet);
    } finally {
      await driver.stop();
      await directory.stop();
    }
  },
};

/** By turns, so that what else the machine does falls on both alike. The first round fills the disk's cache. */
async function measure(
  bots: readonly Measured[],
  world: { readonly rounds: number; readonly driver: DriverProgram; readonly people: readonly Sender[] },
): Promise<readonly Starts[]> {
  const all = bots.map(({ bot }) => ({
    bot,
    wallMs: [] as number[],
    cpuMs: [] as number[],
    rssBytes: [] as number[],
    rssAfterTurnsBytes: [] as number[],
  }));
  for (let round = 0; round <= world.rounds; round += 1) {
    for (const [nth, measured] of bots.entries()) {
      const { readyAfterMs, atStart, afterTurns } = await measureOne(measured, world);
      const into = all[nth];
      if (round === 0 || into === undefined) continue;
      into.wallMs.push(readyAfterMs);
      into.cpuMs.push(atStart.cpuSeconds * 1000);
      into.rssBytes.push(atStart.rssBytes);
      into.rssAfterTurnsBytes.push(afterTurns.rssBytes);
    }
  }
  return all;
}

async function measureOne(
  { turn, start }: Measured,
  { driver, people }: { readonly driver: DriverProgram; readonly people: readonly Sender[] },
) {
  const bot = await start();
  try {
    const atStart = await bot.usage();
    await driver.ask({ do: "load", turn, botUrls: [bot.url], people, atOnce: AT_ONCE, count: TURNS });
    await driver.ask({ do: "quiet" });
    return { readyAfterMs: bot.readyAfterMs, atStart, afterTurns: await bot.usage() };
  } finally {
    await bot.stop();
  }
}

async function startBare(run: BenchRun, directory: DirectoryProcess): Promise<WatchedBot> {
  const port = await freePort();
  const { access, channel, caFile } = directory;
  const options: BareOptions = { ...access, channel, port };
  return startWatched(run, {
    command: [run.script("process/bare-process"), JSON.stringify(options)],
    env: { PATH: process.env.PATH, TMPDIR: run.folder, NODE_EXTRA_CA_CERTS: caFile },
    port,
  });
}

/** On a store that is new. */
export async function startFresh(
  run: BenchRun,
  directory: DirectoryProcess,
  { heapMb }: { readonly heapMb?: number } = {},
): Promise<WatchedBot> {
  const port = await freePort();
  const keptIn = { DATA_DIR: join(run.folder, `store-${randomUUID()}`) };
  return startWatched(run, {
    command: [run.botEntry],
    env: latchkeyEnvironment(directory, { folder: run.folder, port, keptIn }),
    port,
    ...(heapMb === undefined ? {} : { heapMb }),
  });
}

function startsTable(all: readonly Starts[]): string {
  const rows = all.map(({ bot, wallMs, cpuMs, rssBytes, rssAfterTurnsBytes }) => [
    bot,
    figure(wallMs.length),
    figure(median(wallMs)),
    figure(Math.min(...wallMs)),
    figure(median(cpuMs)),
    figure(Math.min(...cpuMs)),
    figure(median(rssBytes) / MB),
    figure(median(rssAfterTurnsBytes) / MB),
  ]);
  const head = ["bot", "starts", "ready after ms", "least", "CPU ms", "least", "RSS MB"];
  return table([...head, `after ${TURNS} turns`], rows);
}

/** Medians of starts that took turns. */
function processTargets(own: Starts, bare: Starts): readonly Target[] {
  const ratio = (about: string, of: (starts: Starts) => readonly number[], atMost: number): Target => ({
    about: `of the bare bot's: ${about}`,
    is: median(of(own)) / median(of(bare)),
    bound: { atMost },
    unit: "x",
  });
  return [
    ratio("time from start to ready", ({ wallMs }) => wallMs, 1.1),
    ratio("processor time from start to ready", ({ cpuMs }) => cpuMs, 1.1),
    ratio("memory when ready", ({ rssBytes }) => rssBytes, 1.3),
    ratio(`memory after ${TURNS} turns`, ({ rssAfterTurnsBytes }) => rssAfterTurnsBytes, 1.3),
  ];
}
