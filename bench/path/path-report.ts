import { median, percentile } from "../percentiles.js";
import { figure, table } from "../table.js";
import type { Target } from "../target.js";

/** What each answer of the simulated Graph and Entra takes here, in milliseconds. */
export const LATENCY_MS = 150;

/** Milliseconds of each answer. */
export interface PathTimes {
  /** An echo bot that reads the roles and the policy before it, both at once. */
  readonly echoed: readonly number[];
  readonly shown: readonly number[];
  readonly proposed: readonly number[];
  /** From the first press. */
  readonly pressed: readonly number[];
  /** From the press that carries the token. */
  readonly decided: readonly number[];
}

interface Path {
  readonly name: string;
  readonly times: readonly number[];
  /** Answers that cannot but come one after the other. */
  readonly leastRounds: number;
  readonly atMost?: number;
}

function pathsOf({ echoed, shown, proposed, pressed, decided }: PathTimes): readonly Path[] {
  return [
    { name: "echo bot, two reads", times: echoed, leastRounds: 1 },
    { name: "show policy", times: shown, leastRounds: 1, atMost: 1.3 },
    { name: "a plan that waits, where a scan is there", times: proposed, leastRounds: 1, atMost: 1.5 },
    { name: "from the press with the token to applied", times: decided, leastRounds: 3, atMost: 4 },
    { name: "from the first press to applied", times: pressed, leastRounds: 4 },
  ];
}

const inLatencies = (milliseconds: number): number => milliseconds / LATENCY_MS;

export function pathTable(times: PathTimes): string {
  const rows = pathsOf(times).map((path) => [
    path.name,
    figure(path.times.length),
    figure(median(path.times), 1),
    figure(inLatencies(median(path.times)), 2),
    figure(inLatencies(percentile(path.times, 0.99)), 2),
    figure(path.leastRounds),
    path.atMost === undefined ? "" : figure(path.atMost, 1),
  ]);
  return table(["path", "answers", "p50 ms", "latencies", "p99", "least", "at most"], rows);
}

export function pathTargets(times: PathTimes): readonly Target[] {
  return pathsOf(times).flatMap(({ name, times, leastRounds, atMost }) =>
    atMost === undefined
      ? []
      : [
          {
            about: `Graph latencies: ${name} (the wire dictates ${leastRounds})`,
            is: inLatencies(median(times)),
            bound: { atMost },
          },
        ],
  );
}
