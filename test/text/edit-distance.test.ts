import { describe, expect, it } from "vitest";
import { editDistance, isWithin } from "../../src/text/edit-distance.js";

/** Every text of these letters up to this length. */
function texts(letters: string, length: number): readonly string[] {
  const shorter = length === 0 ? [] : texts(letters, length - 1);
  const longest = shorter.filter((text) => text.length === length - 1);
  return length === 0
    ? [""]
    : [...shorter, ...longest.flatMap((text) => [...letters].map((one) => text + one))];
}

/** By the definition, which takes long. */
function slowly(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  const ways = [slowly(restA, b) + 1, slowly(a, restB) + 1, slowly(restA, restB) + (a[0] === b[0] ? 0 : 1)];
  const isSwap = a.length > 1 && b.length > 1 && a[0] === b[1] && a[1] === b[0];
  return Math.min(...ways, ...(isSwap ? [slowly(a.slice(2), b.slice(2)) + 1] : []));
}

describe("how many slips are between two texts", () => {
  const pairs = texts("ab", 4).flatMap((a) => texts("abc", 3).map((b) => [a, b] as const));

  it("is as many as by its definition", () => {
    expect(pairs.map(([a, b]) => editDistance(a, b))).toEqual(pairs.map(([a, b]) => slowly(a, b)));
  });

  it.each([0, 1, 2])("is told up to %i, and that it is more", (most) => {
    const clamped = (distance: number) => Math.min(distance, most + 1);
    expect(pairs.map(([a, b]) => clamped(editDistance(a, b, most)))).toEqual(
      pairs.map(([a, b]) => clamped(slowly(a, b))),
    );
  });

  it.each([0, 1, 2])("is within %i or not by the same definition", (most) => {
    expect(pairs.map(([a, b]) => isWithin(most, a, b))).toEqual(pairs.map(([a, b]) => slowly(a, b) <= most));
  });
});
