import type { Kysely, Migration } from "kysely";

/** Scans person by person, so that one can go on after a stop and none has to fit into memory. */
export const scans: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.dropTable("inventories").execute();

    const scan = db.schema.createTable("scans");
    await scan
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("scan_id", "text", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("finished_at", "text", (column) => column.notNull())
      .addColumn("complete", "integer", (column) => column.notNull())
      .addColumn("last_position", "integer", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("scans_key", ["tenant_id", "scan_id"])
      .execute();
    // One scan at a time in a tenant, whatever the code above believes.
    const running = db.schema.createIndex("scans_one_running").unique().on("scans");
    await running.columns(["tenant_id", "state"]).where("state", "=", "running").execute();

    const people = db.schema.createTable("scan_people");
    await people
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("scan_id", "text", (column) => column.notNull())
      .addColumn("person_id", "text", (column) => column.notNull())
      .addColumn("position", "integer", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("name", "text", (column) => column.notNull())
      .addColumn("is_admin", "integer", (column) => column.notNull())
      .addColumn("has_passkeys", "integer", (column) => column.notNull())
      .addColumn("detail", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("scan_people_key", ["tenant_id", "scan_id", "person_id"])
      .execute();
    const byState = db.schema.createIndex("scan_people_by_state").on("scan_people");
    await byState.columns(["tenant_id", "scan_id", "state", "position"]).execute();

    const waiting = db.schema.createTable("waiting_for_scan");
    await waiting
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("asked_at", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();

    const postings = db.schema.createTable("scan_postings");
    await postings
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("scan_id", "text", (column) => column.notNull())
      .addColumn("conversation_id", "text", (column) => column.notNull())
      .addColumn("activity_id", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("scan_postings_key", [
        "tenant_id",
        "scan_id",
        "conversation_id",
        "activity_id",
      ])
      .execute();
  },
};
