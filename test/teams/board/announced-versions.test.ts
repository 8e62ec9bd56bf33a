import { describe, expect, it } from "vitest";
import { AnnouncedVersions } from "../../../src/teams/board/announced-versions.js";

describe("the versions that were announced", () => {
  it("are the newest of each plan, whatever the order in which they were announced", () => {
    const announced = new AnnouncedVersions();
    expect(announced.of({ number: 12 })).toBe(0);
    announced.add({ number: 12, version: 3 });
    announced.add({ number: 12, version: 2 });
    announced.add({ number: 13, version: 1 });
    expect([announced.of({ number: 12 }), announced.of({ number: 13 })]).toEqual([3, 1]);
  });

  it("are remembered of the thousand plans that were announced last", () => {
    const announced = new AnnouncedVersions();
    for (let number = 1; number <= 1_000; number += 1) announced.add({ number, version: 1 });
    announced.add({ number: 1, version: 2 });
    announced.add({ number: 1_001, version: 1 });
    expect([1, 2, 3, 1_001].map((number) => announced.of({ number }))).toEqual([2, 0, 1, 1]);
  });
});
