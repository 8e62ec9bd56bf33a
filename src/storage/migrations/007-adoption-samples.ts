import type { Kysely, Migration } from "kysely";

/** How far the rollout was, day by day; and links to lists of people, each by the hash of its secret. */
export const adoptionSamples: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable("adoption_samples")
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("day", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("adoption_samples_pk", ["tenant_id", "day"])
      .execute();
    await db.schema
      .createTable("people_links")
      .addColumn("secret_hash", "text", (column) => column.primaryKey())
      .addColumn("valid_until", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
  },
};
