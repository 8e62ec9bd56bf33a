import { describe, expect, test } from "vitest";
import { readArguments } from "../../bench/arguments.js";
import type { Part } from "../../bench/part.js";

const part = (name: string): Part => ({ name, run: async () => true });
const parts = [part("scan"), part("turns")];
const named = (...args: string[]) => {
  const asked = readArguments(parts, args);
  if ("help" in asked) return asked.help;
  return "problem" in asked ? asked.problem : asked.parts.map(({ name }) => name);
};

describe("what a run of the benchmarks is asked for", () => {
  test("is every part when none is named", () => {
    expect(named()).toEqual(["scan", "turns"]);
  });

  test("is the parts named, each once, in the order in which they exist", () => {
    expect(named("turns", "scan", "turns")).toEqual(["scan", "turns"]);
    expect(named("turns", "--quick")).toEqual(["turns"]);
  });

  test("is short with --quick, wherever that stands", () => {
    expect(readArguments(parts, ["--quick", "scan"])).toMatchObject({ quick: true });
    expect(readArguments(parts, ["scan"])).toMatchObject({ quick: false });
  });

  test("is written down with --write, and a short run never is", () => {
    expect(readArguments(parts, ["scan"])).toMatchObject({ write: false });
    expect(readArguments(parts, ["--write", "scan"])).toMatchObject({ write: true, quick: false });
    expect(named("--write", "--quick")).toBe(
      "A short run is not written down. Leave out --quick or --write.",
    );
  });

  test("is shown with --help, whatever else is said", () => {
    expect(named("turns", "--help")).toBe(
      "npm run bench -- [--quick | --write] [scan] [turns]\nWithout a name: everything. --write puts the figures into docs/benchmarks.md.",
    );
  });

  test("is not guessed: an unknown name is said, with those there are", () => {
    expect(named("scam")).toBe(
      'There is no "scam". Say nothing for everything, --quick for a short run, --write to keep the figures, or: scan, turns.',
    );
  });
});
