import { describe, expect, test } from "vitest";
import { inWords, isMet } from "../../bench/target.js";

describe("a target", () => {
  const faster = (is: number) => ({ about: "faster", is, bound: { atLeast: 8 }, unit: "x" });
  const lost = (is: number) => ({ about: "models lost", is, bound: { atMost: 0 } });

  test("is met at its bound and on the right side of it", () => {
    expect([7.99, 8, 9].map((is) => isMet(faster(is)))).toEqual([false, true, true]);
    expect([0, 1].map((is) => isMet(lost(is)))).toEqual([true, false]);
  });

  test("is missed by a figure that could not be worked out", () => {
    expect([isMet(faster(Number.NaN)), isMet(lost(Number.NaN))]).toEqual([false, false]);
  });

  test("says what is, what has to be, and whether that is so", () => {
    expect(inWords(faster(12.34))).toBe("PASS  12.3x faster (at least 8x)");
    expect(inWords(faster(7.996))).toBe("FAIL  7.99x faster (at least 8x)");
    expect(inWords(lost(3))).toBe("FAIL  3 models lost (at most 0)");
  });
});
