// Runs the parts that were asked for, one after the other. Exit code 1: a target was missed; 2: not understood.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "./arguments.js";
import type { Part } from "./part.js";
import { scanPart } from "./scan/scan-part.js";

const PARTS: readonly Part[] = [scanPart];

/** @param built the folder with the built programs of `bench/` */
export async function bench(built: string, args: readonly string[]): Promise<number> {
  const asked = readArguments(PARTS, args);
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
    script: (name: string) => join(built, `${name}.js`),
    print: (text: string) => console.log(text),
  };
  run.print(`Node ${process.version}, ${cpus().length} cores, ${process.platform} ${process.arch}`);
  let met = true;
  for (const part of asked.parts) met = (await part.run(run)) && met;
  return met ? 0 : 1;
}
