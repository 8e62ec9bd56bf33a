// Runs the parts that were asked for, one after the other. Exit code 1: a target was missed; 2: not understood.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "./arguments.js";
import { parsePart } from "./parse/parse-part.js";
import type { BenchRun, Part } from "./part.js";
import { pathPart } from "./path/path-part.js";
import { peoplePart } from "./people/people-part.js";
import { processPart } from "./process/process-part.js";
import { soakPart } from "./process/soak-part.js";
import { scanPart } from "./scan/scan-part.js";
import { storePart } from "./store/store-part.js";
import { turnsPart } from "./turns/turns-part.js";
import { withFigures } from "./written-figures.js";

const PARTS: readonly Part[] = [
  scanPart,
  storePart,
  peoplePart,
  parsePart,
  processPart,
  pathPart,
  turnsPart,
  soakPart,
];

/** Where things are: the built programs of `bench/`, the bot's own, and what the figures are written to. */
export interface Built {
  readonly programs: string;
  readonly bot: string;
  readonly document: string;
  /** Packages that have a share in the figures, and Node. */
  readonly versions: Readonly<Record<string, string>>;
}

export async function bench(built: Built, args: readonly string[]): Promise<number> {
  const asked = readArguments(PARTS, args);
  if ("help" in asked) {
    console.log(asked.help);
    return 0;
  }
  if ("problem" in asked) {
    console.error(asked.problem);
    return 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "latchkey-bench-"));
  // Also on Ctrl-C. A process that is being killed may hold on to its files for a moment.
  process.once("exit", () =>
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }),
  );
  const run = {
    quick: asked.quick,
    folder,
    script: (name: string) => join(built.programs, `${name}.js`),
    botEntry: join(built.bot, "latchkey.mjs"),
    print: (text: string) => console.log(text),
  };
  run.print(`Node ${process.version}, ${machine()}`);
  // Every program that runs has a listener of its own, so that it ends when this one does.
  process.setMaxListeners(50);
  let met = true;
  for (const part of asked.parts) met = (await runPart(built, run, part, asked.write)) && met;
  return met ? 0 : 1;
}

/** Runs one part. What it found is written as soon as it is done: a later part that fails does not lose it. */
async function runPart(
  { document, versions }: Built,
  run: Omit<BenchRun, "report">,
  part: Part,
  write: boolean,
): Promise<boolean> {
  const reports: string[] = [];
  const report = (text: string): void => {
    reports.push(text);
    run.print(`\n${text}\n`);
  };
  const [begunAt, loadBefore] = [performance.now(), loadOfMinute()];
  const isMet = await part.run({ ...run, report });
  const minutes = (performance.now() - begunAt) / 60_000;
  run.print(`${part.name}: ${minutes.toFixed(1)} minutes`);
  if (write) {
    const loads = [loadBefore, loadOfMinute()] as const;
    const measured = { versions, machine: machine(), loads, at: new Date(), minutes };
    writeFileSync(document, withFigures(readFileSync(document, "utf8"), part.name, reports, measured));
  }
  return isMet;
}

function machine(): string {
  const cores = cpus();
  return `${cores.length} cores (${cores[0]?.model.trim() ?? "unknown"}), ${process.platform} ${process.arch}`;
}

const loadOfMinute = (): number => loadavg()[0] ?? 0;
