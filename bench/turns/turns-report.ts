import { median, percentile } from "../percentiles.js";
import { figure, table } from "../table.js";
import type { Target } from "../target.js";
import type { TurnFigures } from "./measure-turns.js";

/** How many write at once where rates are compared: the bots have no pause then. */
export const RATE_AT = 8;
/**
 * The same for how long an answer takes. With more than one at once an answer waits for those before it, and what is
 * compared is the rate once more.
 */
export const TIME_AT = 1;
/** Names of what is measured; targets look for them. */
export const ECHO = "echo bot";
export const ECHO_READS = "echo bot, two reads";
export const ECHO_SAME_READS = "echo bot, reads of show policy";
export const echoPlans = (engine: string): string =>
  `echo bot, reads of enable passkeys, one commit, ${engine}`;
export const echoCommits = (engine: string): string => `echo bot, one commit, ${engine}`;
export const subjectName = (engine: string, about: "new" | "two replicas" | "old plans"): string =>
  about === "new" ? engine : `${engine}, ${about}`;

export function turnsTable(all: readonly TurnFigures[]): string {
  const rows = all.map((turn) => {
    const each = (seconds: number) => figure((1000 * seconds) / turn.latencies.length, 1);
    return [
      turn.subject,
      turn.turn,
      figure(turn.atOnce),
      figure(turn.latencies.length),
      figure(rateOf(turn), 1),
      figure(median(turn.latencies), 1),
      figure(percentile(turn.latencies, 0.99), 1),
      each(turn.cpu.bots),
      each(turn.cpu.simulators),
      each(turn.cpu.driver),
      figure(turn.graphRequests / turn.latencies.length, 1),
      `${figure(turn.busy * 100)} %`,
    ];
  });
  const head = ["bot", "turn", "at once", "answers", "per second", "p50 ms", "p99 ms"];
  return table([...head, "bot's CPU ms", "simulators'", "driver's", "Graph requests", "cores busy"], rows);
}

/** What has to be true of one engine's bots. */
export function turnsTargets(all: readonly TurnFigures[], engine: string): readonly Target[] {
  const at = (subject: string, turn: TurnFigures["turn"], atOnce = RATE_AT) =>
    find(all, subject, turn, atOnce);
  const bot = subjectName(engine, "new");
  const old = subjectName(engine, "old plans");
  const show = at(bot, "show policy");
  const enable = at(bot, "enable passkeys");
  return [
    {
      about: `of the rate of an echo bot that makes the same requests to Graph: show policy, ${engine}`,
      is: rateOf(show) / rateOf(at(ECHO_SAME_READS, "echo")),
      bound: { atLeast: 0.7 },
      unit: "x",
    },
    {
      about: `of the rate of an echo bot that makes none: show policy, ${engine}`,
      is: rateOf(show) / rateOf(at(ECHO, "echo")),
      bound: { atLeast: 0.55 },
      unit: "x",
    },
    {
      about: `of the p99 of an echo bot that commits once, one at a time: enable passkeys, ${engine}`,
      is: p99(at(bot, "enable passkeys", TIME_AT)) / p99(at(echoCommits(engine), "echo", TIME_AT)),
      bound: { atMost: 3 },
      unit: "x",
    },
    ...[show, enable].map((turn) => ({
      about: `of the median time without old plans: ${turn.turn} with them, ${engine}`,
      is: median(at(old, turn.turn).latencies) / median(turn.latencies),
      bound: { atMost: 1.2 },
      unit: "x",
    })),
  ];
}

/** What the goals compare is not the same work everywhere: how much of the distance the work itself is. */
export function turnsFloors(all: readonly TurnFigures[], engine: string): readonly string[] {
  const echo = (subject: string, atOnce: number) => find(all, subject, "echo", atOnce);
  const bot = subjectName(engine, "new");
  const show = find(all, bot, "show policy", RATE_AT);
  const enable = find(all, bot, "enable passkeys", TIME_AT);
  const [bare, two, same] = [ECHO, ECHO_READS, ECHO_SAME_READS].map((subject) =>
    rateOf(echo(subject, RATE_AT)),
  );
  const commit = p99(echo(echoCommits(engine), TIME_AT));
  const plan = p99(echo(echoPlans(engine), TIME_AT));
  const times = (is: number) => `----  ${figure(is, 2)}x`;
  return [
    `${times(rateOf(show) / (two ?? Number.NaN))} of the rate of an echo bot that makes two requests to Graph, the roles and the policy alone: show policy, ${engine}`,
    `${times((same ?? Number.NaN) / (bare ?? Number.NaN))} of the rate of an echo bot that makes no requests is what the one with the requests of show policy has`,
    `${times(plan / commit)} of the p99 of an echo bot that commits once is what one has that makes the requests of enable passkeys before it, ${engine}`,
    `${times(p99(enable) / plan)} of the p99 of that one: enable passkeys, which works out a plan and posts its card to two conversations, ${engine}`,
  ];
}

const p99 = ({ latencies }: TurnFigures): number => percentile(latencies, 0.99);

/** How two replicas compare with one: as a target where that can be told, and in words. */
export interface Scaling {
  readonly targets: readonly Target[];
  readonly words: readonly string[];
}

/** What two replicas have to do more than one. */
const MORE = 1.5;

/**
 * Two replicas on cores that one replica, the simulators, the database and the driver keep busy already cannot be
 * faster, whatever they are like. Then what is left to compare is the processor time that an answer takes of them.
 */
export function scalingOf(all: readonly TurnFigures[], engine: string, cores: number): Scaling {
  const busiest = Math.max(...all.filter(({ turn }) => turn !== "approve").map(({ atOnce }) => atOnce));
  const compared = (["show policy", "enable passkeys"] as const).map((turn) => {
    const one = find(all, subjectName(engine, "new"), turn, busiest);
    const two = find(all, subjectName(engine, "two replicas"), turn, busiest);
    const cpu = (figures: TurnFigures) => figures.cpu.bots / figures.latencies.length;
    const room = 1 / one.busy;
    const rates: Target = {
      about: `of one replica's rate with two: ${turn}, ${busiest} at once, ${engine}`,
      is: rateOf(two) / rateOf(one),
      bound: { atLeast: MORE },
      unit: "x",
    };
    const byCpu: Target = {
      about: `of one replica's answers from two, had each a core of its own, by processor time: ${turn}, ${engine}`,
      is: (2 * cpu(one)) / cpu(two),
      bound: { atLeast: MORE },
      unit: "x",
    };
    const undecided = `----  ${figure(rates.is, 2)}x ${rates.about}: not decidable here, for with one replica ${figure(one.busy * 100)} % of ${cores} cores were busy`;
    return room >= MORE ? { targets: [rates, byCpu], words: [] } : { targets: [byCpu], words: [undecided] };
  });
  return {
    targets: compared.flatMap(({ targets }) => targets),
    words: compared.flatMap(({ words }) => words),
  };
}

/** Answers in a second: the median of the rounds. */
function rateOf({ rounds }: TurnFigures): number {
  return median(rounds.map(({ count, seconds }) => count / seconds));
}

function find(
  all: readonly TurnFigures[],
  subject: string,
  turn: TurnFigures["turn"],
  atOnce: number,
): TurnFigures {
  const found = all.find((each) => each.subject === subject && each.turn === turn && each.atOnce === atOnce);
  if (found === undefined) throw new Error(`not measured: ${subject}, ${turn}, ${atOnce} at once`);
  return found;
}
