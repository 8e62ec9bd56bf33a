import type { Kysely, Migration } from "kysely";

/** The order in which people are to get passkeys, as a person wrote it down. */
export const rolloutStages: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("rollout_stages")
      .addColumn("tenant_id", "text", (column) => column.primaryKey())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
  },
};
