import { describe, expect, it } from "vitest";
import { inSlices } from "../../../src/storage/engine/in-slices.js";

describe("rows in slices", () => {
  it("are read together while they are small, and a large one by itself", () => {
    const sizes = [10, 3_999_990, 1, 9_000_000, "5", "6"];
    const rows = sizes.map((size, at) => ({ number: 6 - at, size }));
    expect(inSlices(rows)).toEqual([[6, 5], [4], [3], [2, 1]]);
    expect(inSlices([])).toEqual([]);
  });

  it("are no more than a statement may name", () => {
    const rows = Array.from({ length: 450 }, (_, number) => ({ number, size: 1 }));
    expect(inSlices(rows).map((slice) => slice.length)).toEqual([200, 200, 50]);
  });
});
