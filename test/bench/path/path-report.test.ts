import { expect, it } from "vitest";
import { LATENCY_MS, type PathTimes, pathTable, pathTargets } from "../../../bench/path/path-report.js";
import { inWords, isMet } from "../../../bench/target.js";

const TIMES: PathTimes = {
  echoed: [LATENCY_MS],
  shown: [1.2 * LATENCY_MS, 9 * LATENCY_MS, 1.1 * LATENCY_MS],
  proposed: [1.6 * LATENCY_MS],
  pressed: [5 * LATENCY_MS],
  decided: [3.5 * LATENCY_MS],
};

it("compares the median of each path, in latencies, with its bound", () => {
  const targets = pathTargets(TIMES);
  expect(targets.map(({ is }) => is)).toEqual([1.2, 1.6, 3.5]);
  expect(targets.map(isMet)).toEqual([true, false, true]);
  expect(targets.map(inWords)[1]).toMatch(
    /^FAIL {2}1\.60 Graph latencies: a plan that waits.*\(at most 1\.5\)$/,
  );
});

it("shows what has no bound beside what has one", () => {
  const rows = pathTable(TIMES).split("\n").slice(2);
  expect(rows.map((row) => row.split("|").at(-2)?.trim())).toEqual(["", "1.3", "1.5", "4.0", ""]);
});
