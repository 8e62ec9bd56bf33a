import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { RequestCounts } from "../../simulators/graph/request-log.js";
import type { DirectoryProcess } from "../directory-process.js";
import type { BenchRun } from "../part.js";
import { startProgram } from "../program.js";
import type { WireTime } from "./least-time.js";
import type { Measured, MeasuredTask } from "./measured-process.js";

/** One run: what it found and cost, and what it asked of Graph. */
export interface ScanFigures extends Measured, RequestCounts, WireTime {
  /** Of those that a complete scan has to find. */
  readonly modelsLost: number;
  readonly peopleLost: number;
  /** Processor time of the simulated directory meanwhile. */
  readonly directoryCpuSeconds: number;
}

/**
 * As in a small container. Where there is plenty, V8 puts off collecting, and what a process has at most says little
 * about what it needs.
 */
const HEAP_MB = 256;

interface Truth {
  readonly models: readonly string[];
  readonly keyholders: number;
}

/** A folder for the store of a scan that does not exist yet. */
export function freshDataDir(run: BenchRun): string {
  return join(run.folder, `data-${randomUUID()}`);
}

/** Runs it in a fresh process against the directory, and compares what it found with what there is. */
export async function measure(
  run: BenchRun,
  directory: DirectoryProcess,
  task: Omit<MeasuredTask, "access">,
  heap: "limited" | "as Node likes" = "limited",
): Promise<ScanFigures> {
  const truth = await directory.ask<Truth>({ do: "truth" });
  await directory.ask({ do: "reset" });
  await directory.ask({ do: "cpu" });
  await directory.ask({ do: "least-time" });
  const program = startProgram({
    script: run.script("scan/measured-process"),
    options: { ...task, access: directory.access } satisfies MeasuredTask,
    folder: run.folder,
    ...(heap === "limited" ? { heapMb: HEAP_MB } : {}),
    caFile: directory.caFile,
  });
  const measured = (await program.hear()) as Measured;
  await program.end();
  const counts = await directory.ask<RequestCounts>({ do: "counts" });
  const least = await directory.ask<WireTime>({ do: "least-time" });
  const { seconds: directoryCpuSeconds } = await directory.ask<{ readonly seconds: number }>({ do: "cpu" });
  const found = new Set(measured.models);
  return {
    ...measured,
    ...counts,
    ...least,
    directoryCpuSeconds,
    modelsLost: truth.models.filter((model) => !found.has(model)).length,
    peopleLost: truth.keyholders - measured.people,
  };
}

/** The median of one figure of several runs. */
export function medianBy(runs: readonly ScanFigures[], of: (run: ScanFigures) => number): number {
  const sorted = runs.map(of).toSorted((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new Error("there is no median of nothing");
  return middle;
}
