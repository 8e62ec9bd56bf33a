import type { Kysely, Migration } from "kysely";

/** Why Latchkey's own scan waits longer than usual. */
export const ownScanPauses: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("own_scan_pauses")
      .addColumn("tenant_id", "text", (column) => column.primaryKey())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
  },
};
