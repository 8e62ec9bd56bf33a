import type { Kysely, Migration } from "kysely";

/** What approvers were told of models, and what is known of models for that. */
export const modelNotices: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const facts = db.schema.createTable("model_facts");
    await facts
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("fact", "text", (column) => column.notNull())
      .addColumn("value", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("model_facts_key", ["tenant_id", "fact"])
      .execute();
    const notices = db.schema.createTable("model_notices");
    await notices
      .addColumn("tenant_id", "text", (column) => column.notNull())
      .addColumn("notice_id", "text", (column) => column.notNull())
      .addColumn("version", "integer", (column) => column.notNull())
      .addColumn("state", "text", (column) => column.notNull())
      .addColumn("found_at", "text", (column) => column.notNull())
      .addColumn("body", "text", (column) => column.notNull())
      .addPrimaryKeyConstraint("model_notices_key", ["tenant_id", "notice_id"])
      .execute();
  },
};
