import { cpus } from "node:os";
import type { Room, Sender } from "../../simulators/teams/activities.js";
import type { DirectoryProcess } from "../directory-process.js";
import type { LoadFigures } from "./driver.js";
import type { DriverProgram } from "./driver-program.js";
import type { TestedBot } from "./tested-bot.js";
import { type Turn, WISHES_AT_ONCE } from "./turn-words.js";

/** What is measured against each other: one bot, or several that share a store. */
export interface Subject {
  readonly name: string;
  readonly bots: readonly TestedBot[];
  readonly turns: readonly Turn[];
}

/** What one turn was like with so many people at once. */
export interface TurnFigures {
  readonly subject: string;
  readonly turn: Turn | "approve";
  readonly atOnce: number;
  /** Of all rounds, in milliseconds. */
  readonly latencies: readonly number[];
  /** Of each round, in seconds. */
  readonly rounds: readonly { readonly count: number; readonly seconds: number }[];
  /** Processor time in seconds, with what is done after the answers. */
  readonly cpu: { readonly bots: number; readonly simulators: number; readonly driver: number };
  /** Requests to Graph, with those after the answers. */
  readonly graphRequests: number;
  /** The part of all cores that was busy, whoever kept it so. */
  readonly busy: number;
}

/** What a run consists of. */
export interface TurnsPlan {
  readonly rounds: number;
  /** Answers in a round, by how many people write at once. */
  readonly answers: readonly { readonly atOnce: number; readonly count: number }[];
  readonly approvals: number;
}

/** Answers of each bot to each turn, before anything is measured. */
const WARM_UP = 60;

interface World {
  readonly directory: DirectoryProcess;
  readonly driver: DriverProgram;
  readonly people: readonly Sender[];
  /** Says how far it is. */
  readonly says: (text: string) => void;
}

/**
 * Measures each turn of each subject, in rounds: whatever else the machine does at the time then falls on all of them
 * alike.
 */
export async function measureTurns(
  world: World,
  subjects: readonly Subject[],
  { rounds, answers }: TurnsPlan,
): Promise<readonly TurnFigures[]> {
  const measured = new Map<string, TurnFigures>();
  for (let round = 1; round <= rounds; round += 1) {
    world.says(`round ${round} of ${rounds}`);
    for (const { atOnce, count } of answers) {
      for (const subject of subjects) {
        for (const turn of subject.turns) {
          const key = `${subject.name} ${turn} ${atOnce}`;
          for (const part of partsOf(turn, count)) {
            const figures = await measureRound(world, subject, { turn, atOnce, count: part });
            measured.set(key, together(measured.get(key), figures));
          }
        }
      }
    }
  }
  return [...measured.values()];
}

/** Plans that wait are cancelled before there are more than wishes that differ. */
function partsOf(turn: Turn, count: number): readonly number[] {
  if (turn !== "enable passkeys") return [count];
  const parts = Math.ceil(count / WISHES_AT_ONCE);
  return Array.from({ length: parts }, () => Math.ceil(count / parts));
}

/** Says it a few times before anything is measured: connections, keys and compiled code are there then. */
export async function warmUp({ driver, people }: World, subjects: readonly Subject[]): Promise<void> {
  for (const { bots, turns } of subjects) {
    for (const turn of turns) {
      const botUrls = bots.map(({ url }) => url);
      for (const count of partsOf(turn, WARM_UP)) {
        const command = { do: "load", turn, botUrls, people, atOnce: 8, count } as const;
        const { plans } = await driver.ask<LoadFigures>(command);
        await driver.ask({ do: "cancel", plans });
      }
    }
  }
  await driver.ask({ do: "quiet" });
}

interface Round {
  readonly turn: Turn;
  readonly atOnce: number;
  readonly count: number;
}

async function measureRound(world: World, subject: Subject, round: Round): Promise<TurnFigures> {
  const { driver, people } = world;
  const { turn, atOnce, count } = round;
  const botUrls = subject.bots.map(({ url }) => url);
  const watch = await startWatch(world, subject);
  const load = await driver.ask<LoadFigures>({ do: "load", turn, botUrls, people, atOnce, count });
  const busy = watch.busy();
  await driver.ask({ do: "quiet" });
  const used = await watch.used();
  await driver.ask({ do: "cancel", plans: load.plans });
  await driver.ask({ do: "quiet" });
  return {
    subject: subject.name,
    turn,
    atOnce,
    latencies: load.latencies,
    rounds: [{ count, seconds: load.seconds }],
    ...used,
    busy,
  };
}

/** Plans that are approved, one after the other: a tenant has one at a time. */
export async function measureApprovals(
  world: World,
  subject: Subject,
  story: {
    readonly room: Room;
    readonly requester: Sender;
    readonly approver: Sender;
    readonly count: number;
  },
): Promise<TurnFigures> {
  const { directory, driver } = world;
  const { count, ...around } = story;
  const { token: ssoToken } = await directory.ask<{ readonly token: string }>({
    do: "sso-token",
    person: story.approver.id,
  });
  const latencies: number[] = [];
  const watch = await startWatch(world, subject);
  for (let nth = 0; nth < count; nth += 1) {
    const botUrl = subject.bots[nth % subject.bots.length]?.url ?? "";
    const { milliseconds } = await driver.ask<{ readonly milliseconds: number }>({
      do: "approve",
      botUrl,
      ...around,
      ssoToken,
    });
    latencies.push(milliseconds);
    await directory.ask({ do: "restore-policy" });
  }
  const busy = watch.busy();
  await driver.ask({ do: "quiet" });
  const used = await watch.used();
  const seconds = latencies.reduce((sum, each) => sum + each, 0) / 1000;
  const rounds = [{ count, seconds }];
  return { subject: subject.name, turn: "approve", atOnce: 1, latencies, rounds, ...used, busy };
}

async function startWatch({ directory, driver }: World, { bots }: Subject) {
  const botsNow = async () =>
    (await Promise.all(bots.map((bot) => bot.cpuSeconds()))).reduce((sum, each) => sum + each, 0);
  const driverNow = async () => (await driver.ask<{ readonly seconds: number }>({ do: "cpu" })).seconds;
  const before = { bots: await botsNow(), driver: await driverNow() };
  await directory.ask({ do: "cpu" });
  await directory.ask({ do: "reset" });
  const coresBefore = coreTimes();
  return {
    busy(): number {
      const now = coreTimes();
      return (now.busy - coresBefore.busy) / (now.all - coresBefore.all);
    },
    async used() {
      const { seconds: simulators } = await directory.ask<{ readonly seconds: number }>({ do: "cpu" });
      const { http: graphRequests } = await directory.ask<{ readonly http: number }>({ do: "counts" });
      const bots = (await botsNow()) - before.bots;
      const cpu = { bots, simulators, driver: (await driverNow()) - before.driver };
      return { cpu, graphRequests };
    },
  };
}

/** Of all cores together. */
function coreTimes(): { readonly busy: number; readonly all: number } {
  const times = cpus().map((core) => core.times);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { all, busy: all - times.reduce((sum, { idle }) => sum + idle, 0) };
}

function together(before: TurnFigures | undefined, more: TurnFigures): TurnFigures {
  if (before === undefined) return more;
  const rounds = [...before.rounds, ...more.rounds];
  const ofBefore = before.rounds.length / rounds.length;
  return {
    ...before,
    latencies: [...before.latencies, ...more.latencies],
    rounds,
    cpu: {
      bots: before.cpu.bots + more.cpu.bots,
      simulators: before.cpu.simulators + more.cpu.simulators,
      driver: before.cpu.driver + more.cpu.driver,
    },
    graphRequests: before.graphRequests + more.graphRequests,
    busy: before.busy * ofBefore + more.busy * (1 - ofBefore),
  };
}
