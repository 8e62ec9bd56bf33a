import { Migrator } from "kysely";
import type { Database } from "../engine/database.js";
import { firstSchema } from "./001-first-schema.js";

/** In order of name; a name that was released never changes. */
const MIGRATIONS = { "001-first-schema": firstSchema };

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
