import type { Part } from "./part.js";

/** What the command line asks for. */
export type Asked =
  | {
      readonly parts: readonly Part[];
      readonly quick: boolean;
      /** Whether the figures go into docs/benchmarks.md. */
      readonly write: boolean;
    }
  /** What could be asked for. */
  | { readonly help: string }
  /** In words, with what could be asked for instead. */
  | { readonly problem: string };

/** The parts named, in the order in which they exist; all of them when none is named. */
export function readArguments(parts: readonly Part[], args: readonly string[]): Asked {
  const quick = args.includes("--quick");
  const write = args.includes("--write");
  const names = new Set(args.filter((arg) => arg !== "--quick" && arg !== "--write"));
  const known = parts.map(({ name }) => name);
  if (names.has("--help")) {
    return {
      help: `npm run bench -- [--quick | --write] [${known.join("] [")}]\nWithout a name: everything. --write puts the figures into docs/benchmarks.md.`,
    };
  }
  const strange = [...names].find((name) => !known.includes(name));
  if (strange !== undefined) {
    return {
      problem: `There is no "${strange}". Say nothing for everything, --quick for a short run, --write to keep the figures, or: ${known.join(", ")}.`,
    };
  }
  if (quick && write) return { problem: "A short run is not written down. Leave out --quick or --write." };
  return { parts: parts.filter(({ name }) => names.size === 0 || names.has(name)), quick, write };
}
