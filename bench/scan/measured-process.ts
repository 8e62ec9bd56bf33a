// One scan, or one run of the baseline, in a process of its own: so that its memory is its own. What to do: JSON as
// the first argument. Prints one line of JSON when it is done.
import type { DirectoryAccess } from "../directory-access.js";
import { HeapWatch } from "./heap-watch.js";
import { scanOnce } from "./own-scan.js";
import { readAsPublishedModule } from "./published-module.js";
import { registeredApp } from "./registered-app.js";

/** What the process is to do. */
export interface MeasuredTask {
  readonly what: "scan" | "module" | "module that asks again";
  readonly access: DirectoryAccess;
  /** Where a scan keeps what it finds. */
  readonly dataDir: string;
}

/** What came of it, and what it cost. */
export interface Measured {
  /** From before the sign-in until everything is known; a scan's result is stored by then. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMb: number;
  readonly peakHeapMb: number;
  /** Models found, AAGUIDs in lower case. */
  readonly models: readonly string[];
  /** People found with at least one passkey. */
  readonly people: number;
}

const MEGABYTE = 1024 * 1024;

async function find(task: MeasuredTask): Promise<Pick<Measured, "models" | "people" | "seconds">> {
  const { what, access, dataDir } = task;
  switch (what) {
    case "scan": {
      const { inventory, seconds } = await scanOnce(access, dataDir);
      return {
        models: inventory.models.map(({ aaguid }) => aaguid),
        people: inventory.keyholders,
        seconds,
      };
    }
    case "module":
    case "module that asks again": {
      const startedAt = performance.now();
      const { app, audience } = registeredApp(access);
      const token = await app.token(`${audience}/.default`);
      const refused = what === "module" ? "left out" : "asked again";
      const found = await readAsPublishedModule(access.graphUrl, token, refused);
      const seconds = (performance.now() - startedAt) / 1000;
      return { models: [...found.models], people: found.people, seconds };
    }
  }
}

// The process that started it is gone when its standard input ends.
process.stdin.on("end", () => process.exit(1)).resume();

const task = JSON.parse(process.argv[2] ?? "{}") as MeasuredTask;
const heap = new HeapWatch();
const cpu = process.cpuUsage();
const found = await find(task);
const { user, system } = process.cpuUsage(cpu);
const measured: Measured = {
  ...found,
  cpuSeconds: (user + system) / 1e6,
  // In kilobytes, on every platform.
  peakRssMb: process.resourceUsage().maxRSS / 1024,
  peakHeapMb: heap.stop() / MEGABYTE,
};
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));
