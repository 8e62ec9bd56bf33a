// Runs the parts that were asked for, one after the other. Exit code 1: a target was missed; 2: not understood.
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments } from "./arguments.js";
import { parsePart } from "./parse/parse-part.js";
import type { Part } from "./part.js";
import { peoplePart } from "./people/people-part.js";
import { processPart } from "./process/process-part.js";
import { soakPart } from "./process/soak-part.js";
import { scanPart } from "./scan/scan-part.js";
import { storePart } from "./store/store-part.js";
import { turnsPart } from "./turns/turns-part.js";

const PARTS: readonly Part[] = [scanPart, storePart, peoplePart, parsePart, processPart, turnsPart, soakPart];

/** Where the built programs are: those of `bench/`, and the bot's own. */
export interface Built {
  readonly programs: string;
  readonly bot: string;
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
  run.print(`Node ${process.version}, ${cpus().length} cores, ${process.platform} ${process.arch}`);
  // Every program that runs has a listener of its own, so that it ends when this one does.
  process.setMaxListeners(50);
  let met = true;
  for (const part of asked.parts) met = (await part.run(run)) && met;
  return met ? 0 : 1;
}
