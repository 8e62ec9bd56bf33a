import type { Kysely, Migration } from "kysely";

/** The FIDO metadata BLOB that was verified last. */
export const fidoMetadata: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const metadata = db.schema.createTable("fido_metadata");
    await metadata
      .addColumn("id", "integer", (column) => column.primaryKey())
      .addColumn("blob", "text", (column) => column.notNull())
      .addColumn("fetched_at", "text", (column) => column.notNull())
      .execute();
  },
};
