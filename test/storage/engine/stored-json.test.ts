import { expect, it } from "vitest";
import { z } from "zod";
import { parsedOnce } from "../../../src/storage/engine/stored-json.js";

const shape = z.looseObject({ number: z.int() });
const text = (number: unknown) => JSON.stringify({ number });

it("hands out again what was made of the same text", () => {
  const read = parsedOnce(shape, 2);
  const first = read("a plan", text(1));
  expect(first).toEqual({ number: 1 });
  expect(read("a plan", text(1))).toBe(first);
  expect(read("a plan", text(2))).toEqual({ number: 2 });
});

it("keeps no more texts than it is told to, those that were used last", () => {
  const read = parsedOnce(shape, 2);
  const [first, second] = [read("a plan", text(1)), read("a plan", text(2))];
  read("a plan", text(1));
  read("a plan", text(3));
  expect(read("a plan", text(1))).toBe(first);
  expect(read("a plan", text(2))).not.toBe(second);
});

it("refuses each time what is damaged, and a text that was good beside other columns", () => {
  const read = parsedOnce(shape, 2);
  for (const _ of [1, 2]) {
    expect(() => read("a plan", text("one"))).toThrow("while reading a plan");
    expect(() => read("a plan", "{")).toThrow("while reading a plan");
  }
  read("a plan", text(1), ({ number }) => number === 1);
  expect(() => read("a plan", text(1), ({ number }) => number === 2)).toThrow("while reading a plan");
});
