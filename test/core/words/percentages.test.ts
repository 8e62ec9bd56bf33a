import { describe, expect, it } from "vitest";
import { percentages } from "../../../src/core/words/amounts.js";

describe("the parts of a whole in percent", () => {
  it.each([
    [
      [1, 1, 1],
      [34, 33, 33],
    ],
    [
      [170, 4, 5, 0],
      [95, 2, 3, 0],
    ],
    // Only the whole is 100.
    [
      [1999, 1],
      [99, 1],
    ],
    [
      [1, 9_998, 1],
      [1, 99, 0],
    ],
    [
      [5, 0],
      [100, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [[], []],
  ])("of %j are %j", (parts, percent) => {
    expect(percentages(parts)).toEqual(percent);
  });

  it("are 100 together, whatever they are", () => {
    for (let seed = 1; seed < 2_000; seed += 1) {
      const parts = [seed % 7, (seed * 31) % 101, (seed * 17) % 1_009, seed % 2];
      const all = parts.reduce((sum, part) => sum + part, 0);
      const percent = percentages(parts);
      expect(percent.reduce((sum, part) => sum + part, 0)).toBe(100);
      for (const [at, part] of parts.entries())
        expect(Math.abs((percent[at] ?? -1) - (100 * part) / all)).toBeLessThan(part === 0 ? 0.01 : 1.01);
    }
  });
});
