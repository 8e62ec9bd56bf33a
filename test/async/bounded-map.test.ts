import { describe, expect, it } from "vitest";
import { BoundedMap } from "../../src/async/bounded-map.js";

const filled = (...keys: readonly string[]): BoundedMap<string, number> => {
  const map = new BoundedMap<string, number>(3);
  for (const [value, key] of keys.entries()) map.set(key, value);
  return map;
};
const held = (map: BoundedMap<string, number>): readonly string[] =>
  ["a", "b", "c", "d", "e"].filter((key) => map.get(key) !== undefined);

describe("a map of three entries at most", () => {
  it("keeps three, and the newest value of each", () => {
    const map = filled("a", "b", "c");
    map.set("a", 9);
    expect([map.get("a"), map.get("b"), map.get("c"), map.size]).toEqual([9, 1, 2, 3]);
  });

  it("loses the one that was set longest ago when a fourth comes", () => {
    expect(held(filled("a", "b", "c", "d"))).toEqual(["b", "c", "d"]);
  });

  it("counts a look as a use", () => {
    const map = filled("a", "b", "c");
    map.get("a");
    map.set("d", 3);
    expect(held(map)).toEqual(["a", "c", "d"]);
  });

  it("counts a value set anew as a use", () => {
    const map = filled("a", "b", "c");
    map.set("a", 9);
    map.set("d", 3);
    expect(held(map)).toEqual(["a", "c", "d"]);
  });

  it("has room again for what was deleted", () => {
    const map = filled("a", "b", "c");
    map.delete("b");
    map.set("d", 3);
    expect([held(map), map.size]).toEqual([["a", "c", "d"], 3]);
  });
});
