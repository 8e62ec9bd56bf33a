import type { Kysely, Migration } from "kysely";

/** Digests that were told, and whether they are wanted. */
export const digests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const told = db.schema.createTable("digests");
    await told
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("day", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("digests_key", ["tenant_id", "day"])
      .execute();
    const switches = db.schema.createTable("digest_switches");
    await switches
      .addColumn("tenant_id", "text", (column) => column.primaryKey())
      .addColumn("is_on", "integer", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
  },
};
