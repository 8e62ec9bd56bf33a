import type { MetadataCache } from "../core/stores.js";
import type { Database } from "./engine/database.js";

/** The BLOB is the same for every tenant, and only the last one is of use: there is one row. */
const ONLY_ROW = 1;

/** Keeps the FIDO metadata BLOB that was verified last. Its reader verifies it again. */
export function createMetadataCache(database: Database): MetadataCache {
  return {
    load: () =>
      database.run("reading the FIDO metadata", async (queries) => {
        const row = await queries
          .selectFrom("fido_metadata")
          .select(["blob", "fetched_at"])
          .where("id", "=", ONLY_ROW)
          .executeTakeFirst();
        return row && { blob: row.blob, fetchedAt: row.fetched_at };
      }),

    save: ({ blob, fetchedAt }) =>
      database.together("storing the FIDO metadata", async (statements) => {
        const values = { blob, fetched_at: fetchedAt };
        await statements
          .insertInto("fido_metadata")
          .values({ id: ONLY_ROW, ...values })
          .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
          .execute();
      }),
  };
}
