import { describe, expect, test } from "vitest";
import { isMet } from "../../../bench/target.js";
import type { TurnFigures } from "../../../bench/turns/measure-turns.js";
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
} from "../../../bench/turns/turns-report.js";

interface Given {
  /** How long each answer took. */
  readonly ms: number;
  readonly perSecond: number;
  readonly busy?: number;
  readonly cpuMs?: number;
}

function figures(
  subject: string,
  turn: TurnFigures["turn"],
  atOnce: number,
  { ms, perSecond, busy = 1, cpuMs = 1 }: Given,
): TurnFigures {
  return {
    subject,
    turn,
    atOnce,
    latencies: [ms, ms, ms, ms],
    rounds: [1, 2].map(() => ({ count: 2, seconds: 2 / perSecond })),
    cpu: { bots: (4 * cpuMs) / 1000, simulators: 0.001, driver: 0.001 },
    graphRequests: 10,
    busy,
  };
}

const both = (subject: string, turn: TurnFigures["turn"], given: Given) =>
  [TIME_AT, RATE_AT].map((atOnce) => figures(subject, turn, atOnce, given));

const NEW = subjectName("SQLite", "new");
const OLD = subjectName("SQLite", "old plans");
const TWO = subjectName("SQLite", "two replicas");
const fine = [
  ...both(ECHO, "echo", { ms: 6, perSecond: 100 }),
  ...both(ECHO_READS, "echo", { ms: 8, perSecond: 90 }),
  ...both(ECHO_SAME_READS, "echo", { ms: 8, perSecond: 80 }),
  ...both(echoCommits("SQLite"), "echo", { ms: 10, perSecond: 70 }),
  ...both(echoPlans("SQLite"), "echo", { ms: 20, perSecond: 70 }),
  ...both(NEW, "show policy", { ms: 12, perSecond: 56 }),
  ...both(NEW, "enable passkeys", { ms: 30, perSecond: 20 }),
  ...both(OLD, "show policy", { ms: 14, perSecond: 60 }),
  ...both(OLD, "enable passkeys", { ms: 36, perSecond: 20 }),
];

describe("the targets of turns", () => {
  test("are met at their bounds", () => {
    const targets = turnsTargets(fine, "SQLite");
    expect(targets.map(({ is }) => Number(is.toFixed(2)))).toEqual([0.7, 0.56, 3, 1.17, 1.2]);
    expect(targets.every(isMet)).toBe(true);
  });

  test("are missed by a lower rate, a longer time, and a time that grows with history", () => {
    const slow = fine.map((turn) =>
      turn.turn === "echo" ? turn : figures(turn.subject, turn.turn, turn.atOnce, { ms: 31, perSecond: 54 }),
    );
    expect(turnsTargets(slow, "SQLite").map(isMet)).toEqual([false, false, false, true, true]);
  });

  test("cannot be worked out from what was not measured", () => {
    expect(() => turnsTargets(fine.slice(2), "SQLite")).toThrow("not measured: echo bot, echo, 8 at once");
  });
});

test("what the work itself is of the distance stands beside the targets", () => {
  const figures = turnsFloors(fine, "SQLite").map((line) => line.split(" ").slice(0, 3).join(" "));
  expect(figures).toEqual(["----  0.62x", "----  0.80x", "----  2.00x", "----  1.50x"]);
});

describe("two replicas", () => {
  const with_ = (busy: number, cpuMs: number) => [
    ...both(NEW, "show policy", { ms: 10, perSecond: 100, busy, cpuMs: 2 }),
    ...both(NEW, "enable passkeys", { ms: 10, perSecond: 10, busy, cpuMs: 2 }),
    ...both(TWO, "show policy", { ms: 10, perSecond: 160, cpuMs }),
    ...both(TWO, "enable passkeys", { ms: 10, perSecond: 16, cpuMs }),
  ];

  test("are compared by rate where one leaves cores idle", () => {
    const { targets, words } = scalingOf(with_(0.5, 2), "SQLite", 4);
    expect(words).toEqual([]);
    expect(targets.map(({ is }) => Number(is.toFixed(2)))).toEqual([1.6, 2, 1.6, 2]);
    expect(targets.every(isMet)).toBe(true);
  });

  test("are compared by processor time alone where one keeps them busy, and that is said", () => {
    const { targets, words } = scalingOf(with_(0.9, 3), "SQLite", 2);
    expect(targets.map(({ is }) => Number(is.toFixed(2)))).toEqual([1.33, 1.33]);
    expect(targets.some(isMet)).toBe(false);
    expect(words).toHaveLength(2);
    expect(words[0]).toContain("not decidable here, for with one replica 90 % of 2 cores were busy");
  });
});

test("the table says what each answer cost", () => {
  const [, , line] = turnsTable([figures(NEW, "show policy", 8, { ms: 12, perSecond: 60, cpuMs: 4 })]).split(
    "\n",
  );
  const cells = line?.split("|").map((cell) => cell.trim());
  expect(cells).toEqual([
    "",
    "SQLite",
    "show policy",
    "8",
    "4",
    "60.0",
    "12.0",
    "12.0",
    "4.0",
    "0.3",
    "0.3",
    "2.5",
    "100 %",
    "",
  ]);
});
