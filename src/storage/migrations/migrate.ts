import { Migrator } from "kysely";
import type { Database } from "../engine/database.js";
import { plansAndRecords } from "./001-plans-and-records.js";
import { scans } from "./002-scans.js";
import { fidoMetadata } from "./003-fido-metadata.js";
import { replicas } from "./004-replicas.js";
import { watch } from "./005-watch.js";
import { evidence } from "./006-evidence.js";

/** In order of name; a name that was released never changes. */
const MIGRATIONS = {
  "001-plans-and-records": plansAndRecords,
  "002-scans": scans,
  "003-fido-metadata": fidoMetadata,
  "004-replicas": replicas,
  "005-watch": watch,
  "006-evidence": evidence,
};

/** Brings the tables to what this version needs. @throws Fault, also for a database of a newer version */
export async function migrate(database: Database): Promise<void> {
  await database.migrating("preparing its tables", async (queries) => {
    const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => MIGRATIONS } });
    const { error } = await migrator.migrateToLatest();
    if (error instanceof Error && error.message.startsWith("corrupted migrations")) {
      throw new Error("the database was written by a newer version of Latchkey; run that one", {
        cause: error,
      });
    }
    if (error !== undefined) throw error;
  });
}
