import type { Kysely, Migration } from "kysely";

/** The first tables. A migration that was released is never edited: add another. */
export const plansAndRecords: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const tenants = db.schema.createTable("tenants");
    await tenants
      .addColumn("tenant_id", "text", (column) => column.primaryKey())
      .addColumn("last_plan", "integer", (column) => column.notNull())
      .addColumn("last_audit", "integer", (column) => column.notNull())
      .execute();

    const plans = db.schema.createTable("plans");
    await plans
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("number", "integer", (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("plans_key", ["tenant_id", "number"])
      .execute();
    await db.schema.createIndex("plans_by_state").on("plans").columns(["tenant_id", "state"]).execute();
    // One write at a time in a tenant, whatever the code above believes.
    const applying = db.schema.createIndex("plans_one_applying").unique().on("plans");
    await applying.columns(["tenant_id", "state"]).where("state", "=", "applying").execute();

    const audit = db.schema.createTable("audit");
    await audit
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("sequence", "integer", (column) => column.notNull())
      .addColumn("hash", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("audit_key", ["tenant_id", "sequence"])
      .execute();

    const inventories = db.schema.createTable("inventories");
    await inventories
      .addColumn("tenant_id", "text", (column) => column.primaryKey())
      .addColumn("finished_at", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();

    const conversations = db.schema.createTable("conversations");
    await conversations
      .addColumn("id", "text", (column) => column.primaryKey())
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("approval_room", "integer", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .execute();
    await db.schema.createIndex("conversations_of").on("conversations").column("tenant_id").execute();

    const postings = db.schema.createTable("postings");
    await postings
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("plan_number", "integer", (column) => column.notNull())
      .addColumn("conversation_id", "text", (column) => column.notNull())
      .addColumn("activity_id", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("postings_key", ["tenant_id", "plan_number", "conversation_id", "activity_id"])
      .execute();
  },
};
