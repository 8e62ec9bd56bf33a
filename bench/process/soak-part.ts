import type { Sender } from "../../simulators/teams/activities.js";
import { startDirectoryProcess } from "../directory-process.js";
import type { BenchRun, Part } from "../part.js";
import { figure, table } from "../table.js";
import { inWords, isMet, type Target } from "../target.js";
import type { LoadFigures } from "../turns/driver.js";
import { type DriverProgram, startDriver } from "../turns/driver-program.js";
import { settleIn } from "../turns/settle-in.js";
import { startFresh } from "./process-part.js";
import { type HeapPoint, slopeOf } from "./slope.js";
import type { WatchedBot } from "./watched-bot.js";

const TURNS = { full: 100_000, quick: 5_000 };
const HEAP_MB = 128;
const AT_ONCE = 8;
const PEOPLE = 32;
const MB = 1024 * 1024;
/** 2 MB in a hundred thousand turns: a card kept for each would be a hundred times as much. */
const BYTES_A_TURN = 20;

/** What a thousand turns consist of: each plan that is made is cancelled. */
const BLOCK = { looks: 900, plans: 50, cancels: 50 };
const BLOCK_TURNS = BLOCK.looks + BLOCK.plans + BLOCK.cancels;
/** The heap is looked at so often, in equal parts of the run; before the first one caches fill and code is compiled. */
const LOOKS = 5;

/** A long life in little memory: what is held after collecting garbage does not grow with what was answered. */
export const soakPart: Part = {
  name: "soak",
  async run(run: BenchRun) {
    const turns = run.quick ? TURNS.quick : TURNS.full;
    const directory = await startDirectoryProcess(run, { people: 300, readers: PEOPLE });
    const driver = await startDriver(run, directory);
    let bot: WatchedBot | undefined;
    try {
      const { readers: people } = await directory.ask<{ readonly readers: readonly Sender[] }>({
        do: "readers",
      });
      bot = await startFresh(run, directory, { heapMb: HEAP_MB });
      await settleIn(driver, bot);
      const begun = performance.now();
      const points: HeapPoint[] = [];
      for (let look = 1; look <= LOOKS; look += 1) {
        for (let done = 0; done < turns / LOOKS; done += BLOCK_TURNS) await block(driver, bot.url, people);
        const { heapBytes, rssBytes } = await bot.usage("collected");
        points.push({ turns: (turns / LOOKS) * look, heapBytes, rssBytes });
        // Said at once: on a machine that others use such a run takes long, and may end before its end.
        run.print(inWordsOf(points.at(-1), begun));
      }
      const seconds = (performance.now() - begun) / 1000;
      run.report(pointsTable(points));
      const targets = soakTargets(points, !run.quick);
      const told = [
        `${figure(turns)} turns in ${figure(seconds)} s, in a heap of ${HEAP_MB} MB`,
        `${figure(slopeOf(points), 1)} bytes of heap a turn`,
      ];
      run.report([...told, ...targets.map(inWords)].join("\n"));
      return targets.every(isMet);
    } finally {
      await bot?.stop();
      await driver.stop();
      await directory.stop();
    }
  },
};

async function block(driver: DriverProgram, botUrl: string, people: readonly Sender[]): Promise<void> {
  await driver.sign();
  const load = { do: "load", botUrls: [botUrl], people, atOnce: AT_ONCE } as const;
  await driver.ask({ ...load, turn: "show policy", count: BLOCK.looks });
  const { plans } = await driver.ask<LoadFigures>({ ...load, turn: "enable passkeys", count: BLOCK.plans });
  if (plans.length !== BLOCK.plans) throw new Error(`${plans.length} plans were made of ${BLOCK.plans}`);
  await driver.ask({ do: "cancel", plans });
  await driver.ask({ do: "quiet" });
}

function inWordsOf(point: HeapPoint | undefined, begun: number): string {
  if (point === undefined) return "nothing was measured";
  const seconds = (performance.now() - begun) / 1000;
  const { turns, heapBytes, rssBytes } = point;
  return `${figure(turns)} turns after ${figure(seconds)} s: heap ${figure(heapBytes / MB, 1)} MB, RSS ${figure(rssBytes / MB, 1)} MB`;
}

function pointsTable(points: readonly HeapPoint[]): string {
  const mb = (bytes: number) => figure(bytes / MB, 1);
  return table(
    ["turns", "heap MB", "RSS MB"],
    points.map(({ turns, heapBytes, rssBytes }) => [figure(turns), mb(heapBytes), mb(rssBytes)]),
  );
}

/** In a short run a look differs from the next by more than a leak would add, so there the slope is only told. */
function soakTargets(points: readonly HeapPoint[], isLong: boolean): readonly Target[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) throw new Error("nothing was measured");
  const slope: Target = {
    about: "bytes of heap that a turn adds, over the whole run",
    is: slopeOf(points),
    bound: { atMost: BYTES_A_TURN },
  };
  const ratio: Target = {
    about: "of the heap at a fifth of the run: at its end",
    is: last.heapBytes / first.heapBytes,
    bound: { atMost: 1.05 },
    unit: "x",
  };
  return isLong ? [ratio, slope] : [ratio];
}
