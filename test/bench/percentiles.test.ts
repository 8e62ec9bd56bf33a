import { expect, test } from "vitest";
import { median, percentile } from "../../bench/percentiles.js";

test("a percentile is the least value that so many are not above, in whatever order they come", () => {
  const hundred = Array.from({ length: 100 }, (_, nth) => 100 - nth);
  expect([0.5, 0.99, 1].map((part) => percentile(hundred, part))).toEqual([50, 99, 100]);
  expect(median([3, 1, 2])).toBe(2);
});

test("of nothing there is none, so that no target is met by it", () => {
  expect(median([])).toBeNaN();
});
