import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { PostgresServer } from "../test/setup/postgres.js";
import type { KeptIn } from "./kept-in.js";
import type { BenchRun } from "./part.js";
import { startProgram } from "./program.js";
import type { Filled } from "./store/fill-store.js";
import type { StoreTask } from "./store/store-process.js";
import { figure } from "./table.js";

/** Makes new stores on an engine. */
export interface StoreMaker {
  readonly engine: "SQLite" | "PostgreSQL";
  /** @param plans how many old ones are in it */
  make(plans: number): Promise<KeptIn>;
}

export function sqliteStores(run: BenchRun, tenantId: string): StoreMaker {
  return {
    engine: "SQLite",
    async make(plans) {
      const keptIn = { DATA_DIR: join(run.folder, `store-${randomUUID()}`) };
      if (plans > 0) await fill(run, keptIn, tenantId, plans);
      return keptIn;
    },
  };
}

export function postgresStores(run: BenchRun, server: PostgresServer, tenantId: string): StoreMaker {
  return {
    engine: "PostgreSQL",
    async make(plans) {
      const database = await server.createDatabase();
      const keptIn = { DATABASE_URL: database.url };
      if (plans > 0) {
        await fill(run, keptIn, tenantId, plans);
        // What the server does by itself a while after much has changed.
        await database.run("vacuum analyze");
      }
      return keptIn;
    },
  };
}

async function fill(run: BenchRun, keptIn: KeptIn, tenantId: string, plans: number): Promise<void> {
  const task: StoreTask = { what: "fill", keptIn, tenantId, plans };
  const program = startProgram({
    script: run.script("store/store-process"),
    options: task,
    folder: run.folder,
  });
  const { records, seconds } = (await program.hear()) as Filled;
  await program.end();
  run.print(`${figure(plans)} old plans with ${figure(records)} records: filled in ${figure(seconds)} s`);
}
