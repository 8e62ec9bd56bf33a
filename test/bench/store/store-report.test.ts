import { expect, test } from "vitest";
import { OPERATIONS, type StoreTimes } from "../../../bench/store/measure-store.js";
import { storeTable, storeTargets } from "../../../bench/store/store-report.js";
import { isMet } from "../../../bench/target.js";

const same = Object.fromEntries(
  OPERATIONS.map((operation) => [
    operation,
    [
      [1, 1],
      [1.2, 1.2],
    ],
  ]),
);
const times = {
  ...same,
  "open plans": [
    [1, 1],
    [40, 40],
  ],
} as unknown as StoreTimes;
const engine = { engine: "SQLite", few: 50, many: 100_000, times };

test("whatever takes longer with a long history than a fifth more is missed, and nothing else", () => {
  const missed = storeTargets(engine).filter((target) => !isMet(target));
  expect(missed.map(({ about }) => about)).toEqual([
    "of the median time with 50 plans: open plans with 100,000, SQLite",
  ]);
});

test("every operation has its line, with how many plans there were", () => {
  const [head, , ...rows] = storeTable(engine).split("\n");
  expect(head).toContain("p50, 100,000");
  expect(rows.map((row) => row.split("|")[1]?.trim())).toEqual([...OPERATIONS]);
});
