import { describe, expect, it } from "vitest";
import { slopeOf } from "../../../bench/process/slope.js";

const at = (turns: number, heapBytes: number) => ({ turns, heapBytes, rssBytes: 0 });

describe("what a turn adds to the heap", () => {
  it("is the rise of the line that lies nearest to all points", () => {
    expect(slopeOf([at(100, 5_000), at(200, 7_000), at(300, 9_000)])).toBeCloseTo(20);
    expect(slopeOf([at(100, 5_000), at(200, 9_000), at(300, 5_000)])).toBeCloseTo(0);
  });

  it("is no number where there is one point only", () => {
    expect(slopeOf([at(100, 5_000)])).toBeNaN();
  });
});
