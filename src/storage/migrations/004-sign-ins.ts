import type { Kysely, Migration } from "kysely";

/** Sign-ins in a browser that were offered: by the hash of the link's secret, and of the browser's that set out with it. */
export const signIns: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("sign_ins")
      .addColumn("link_hash", "text", (column) => column.primaryKey())
      .addColumn("valid_until", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addColumn("seal", "text", (column) => column.notNull())
      .addColumn("browser_hash", "text", (column) => column.notNull())
      .execute();
  },
};
