import { expect, test } from "vitest";
import { figure, table } from "../../bench/table.js";

test("a table has columns of equal width, names on the left and figures on the right", () => {
  const rows = [
    ["baseline", "1,234.5"],
    ["scan", "2.0"],
  ];
  expect(table(["run", "seconds"], rows).split("\n")).toEqual([
    "| run      | seconds |",
    "| -------- | ------: |",
    "| baseline | 1,234.5 |",
    "| scan     |     2.0 |",
  ]);
});

test("figures have separators, and as many digits as asked for", () => {
  expect([figure(1234.56), figure(1234.56, 1), figure(2, 2)]).toEqual(["1,235", "1,234.6", "2.00"]);
});
