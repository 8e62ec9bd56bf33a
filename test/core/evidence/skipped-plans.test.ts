import { describe, expect, it } from "vitest";
import { skippedPlans, withoutSkipped } from "../../../src/core/evidence/skipped-plans.js";

describe("numbers that a restore passed over", () => {
  it("are told by its record, and by no other", () => {
    const detail = { plansSkipped: { from: 2, to: 1001 } };
    expect(skippedPlans({ event: "store-restored", detail })).toEqual([{ from: 2, to: 1001 }]);
    expect(skippedPlans({ event: "plan-proposed", detail })).toEqual([]);
    for (const odd of [{}, { plansSkipped: 7 }, { plansSkipped: { from: "2", to: 3 } }]) {
      expect(skippedPlans({ event: "store-restored", detail: odd })).toEqual([]);
    }
  });

  it("are not missing, and every other number is", () => {
    const skipped = [
      { from: 2, to: 4 },
      { from: 8, to: 9 },
    ];
    expect(withoutSkipped({ from: 2, to: 4 }, skipped)).toEqual([]);
    expect(withoutSkipped({ from: 1, to: 10 }, skipped)).toEqual([
      { from: 1, to: 1 },
      { from: 5, to: 7 },
      { from: 10, to: 10 },
    ]);
    expect(withoutSkipped({ from: 1, to: 0 }, [])).toEqual([]);
    expect(withoutSkipped({ from: 3, to: 5 }, [])).toEqual([{ from: 3, to: 5 }]);
  });
});
