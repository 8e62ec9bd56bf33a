import type { Kysely, Migration } from "kysely";

/** Which messages of Teams were taken by which process, and what plan was made of one. */
export const takenMessages: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const messages = db.schema.createTable("taken_messages");
    await messages
      .addColumn("message_key", "text", (column) => column.primaryKey())
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("taken_at", "text", (column) => column.notNull())
      .addColumn("taker", "text", (column) => column.notNull())
      .addColumn("answered", "integer", (column) => column.notNull())
      .addColumn("plan_number", "integer")
      .execute();
    const old = db.schema.createIndex("taken_messages_by_time").on("taken_messages");
    await old.columns(["tenant_id", "taken_at"]).execute();
  },
};
