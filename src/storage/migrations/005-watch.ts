import type { Kysely, Migration } from "kysely";

/** What the policy is compared with, and how it came to differ from that. */
export const watch: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const counters = db.schema.alterTable("tenants");
    await counters.addColumn("last_drift", "integer", (column) => column.notNull().defaultTo(0)).execute();

    const baselines = db.schema.createTable("baselines");
    await baselines
      .addColumn("tenant_id", "text", (column) => column.primaryKey())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("seen_at", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();

    const drifts = db.schema.createTable("drifts");
    await drifts
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("number", "integer", (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("drifts_key", ["tenant_id", "number"])
      .execute();
    // One open drift in a tenant, whatever the code above believes.
    const open = db.schema.createIndex("drifts_one_open").unique().on("drifts");
    await open.columns(["tenant_id", "state"]).where("state", "=", "open").execute();

    const postings = db.schema.createTable("drift_postings");
    await postings
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("drift_number", "integer", (column) => column.notNull())
      .addColumn("conversation_id", "text", (column) => column.notNull())
      .addColumn("activity_id", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("drift_postings_key", [
        "tenant_id",
        "drift_number",
        "conversation_id",
        "activity_id",
      ])
      .execute();
  },
};
