import { describe, expect, it } from "vitest";
import { editDistance, isWithin } from "../../../src/core/command/edit-distance.js";

const WORDS = [
  "show policy",
  "shwo policy",
  "show polcy",
  "sow the policy",
  "",
  "a",
  "keys in use",
  "kéys in use",
];
const PAIRS = WORDS.flatMap((a) => WORDS.map((b) => [a, b] as const));

describe("whether some edits make one text of the other", () => {
  it.each(PAIRS)("is what the distance says: %j and %j", (a, b) => {
    for (const most of [0, 1, 2, 3]) expect(isWithin(most, a, b)).toBe(editDistance(a, b) <= most);
  });
});
