/** What a run of the benchmarks was asked for, and where its files are. */
export interface BenchRun {
  /** Only what is short: for trying. */
  readonly quick: boolean;
  /** A folder of this run, which goes when the run ends. */
  readonly folder: string;
  /** Absolute path of one of the programs of `bench/`, built: the name of its source file, without `.ts`. */
  script(name: string): string;
  /** Absolute path of the bot's own entry, built as `npm start` builds it. */
  readonly botEntry: string;
  /** How far it is. */
  print(text: string): void;
  /** A table, or lines of text: what was found out, which docs/benchmarks.md keeps if it is asked to. */
  report(text: string): void;
}

/** One thing that is measured, with its targets. */
export interface Part {
  /** What it is asked for by: `npm run bench -- <name>`. */
  readonly name: string;
  /** Measures and prints. @returns whether every target was met */
  run(run: BenchRun): Promise<boolean>;
}
