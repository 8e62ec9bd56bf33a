import type { Kysely, Migration } from "kysely";

/** The first tables. A migration that was released is never edited: add another. */
export const firstSchema: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createTenants(db);
    await createPlans(db);
    await createRecord(db);
    await createScans(db);
    await createDrift(db);
    await createConversations(db);
    await createProcesses(db);
  },
};

async function createTenants(db: Kysely<unknown>): Promise<void> {
  const tenants = db.schema.createTable("tenants");
  await tenants
    .addColumn("tenant_id", "text", (column) => column.primaryKey())
    .addColumn("last_plan", "integer", (column) => column.notNull())
    .addColumn("last_audit", "integer", (column) => column.notNull())
    .addColumn("last_drift", "integer", (column) => column.notNull())
    .execute();
}

async function createPlans(db: Kysely<unknown>): Promise<void> {
  const plans = db.schema.createTable("plans");
  await plans
    .addColumn("tenant_id", "text", (column) => column.notNull())
    .addColumn("number", "integer", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("state", "text", (column) => column.notNull())
    .addColumn("expires_at", "text", (column) => column.notNull())
    .addColumn("summary", "text", (column) => column.notNull())
    // Last: a column that comes after the body is read through the whole of that.
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("plans_key", ["tenant_id", "number"])
    .execute();
  const due = db.schema.createIndex("plans_by_state").on("plans");
  await due.columns(["tenant_id", "state", "expires_at"]).execute();
  // One write at a time in a tenant, even if the code above is wrong.
  const applying = db.schema.createIndex("plans_one_applying").unique().on("plans");
  await applying.columns(["tenant_id", "state"]).where("state", "=", "applying").execute();

  const waiting = db.schema.createTable("deferred_changes");
  await waiting
    .addColumn("id", "text", (column) => column.primaryKey())
    .addColumn("tenant_id", "text", (column) => column.notNull())
    .addColumn("asked_at", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
}

async function createRecord(db: Kysely<unknown>): Promise<void> {
  const audit = db.schema.createTable("audit");
  await audit
    .addColumn("tenant_id", "text", (column) => column.notNull())
    .addColumn("sequence", "integer", (column) => column.notNull())
    .addColumn("hash", "text", (column) => column.notNull())
    .addColumn("plan_number", "integer")
    .addColumn("body", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("audit_key", ["tenant_id", "sequence"])
    .execute();
  const byPlan = db.schema.createIndex("audit_by_plan").on("audit");
  await byPlan.columns(["tenant_id", "plan_number", "sequence"]).execute();

  const links = db.schema.createTable("evidence_links");
  await links
    .addColumn("secret_hash", "text", (column) => column.primaryKey())
    .addColumn("valid_until", "text", (column) => column.notNull())
    .addColumn("body", "text", (column) => column.notNull())
    .execute();
}

/** Scans person by person, so that one can go on after a stop and none has to fit into memory. */
async function createScans(db: Kysely<unknown>): Promise<void> {
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
  // One scan at a time in a tenant, even if the code above is wrong.
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
}

/** What the policy is compared with, and how it came to differ from that. */
async function createDrift(db: Kysely<unknown>): Promise<void> {
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
  // One open drift in a tenant, even if the code above is wrong.
  const open = db.schema.createIndex("drifts_one_open").unique().on("drifts");
  await open.columns(["tenant_id", "state"]).where("state", "=", "open").execute();
}

async function createConversations(db: Kysely<unknown>): Promise<void> {
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
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("card_id", "text", (column) => column.notNull())
    .addColumn("conversation_id", "text", (column) => column.notNull())
    .addColumn("message_id", "text", (column) => column.notNull())
    .addColumn("version", "integer", (column) => column.notNull())
    .addColumn("poster", "text", (column) => column.notNull())
    .addColumn("tries", "integer", (column) => column.notNull())
    .addColumn("done_at", "text")
    .addPrimaryKeyConstraint("postings_key", [
      "tenant_id",
      "kind",
      "card_id",
      "conversation_id",
      "message_id",
    ])
    .execute();
  const byMessage = db.schema.createIndex("postings_by_message").on("postings");
  await byMessage.columns(["tenant_id", "message_id"]).execute();
  const byEnd = db.schema.createIndex("postings_by_end").on("postings");
  await byEnd.columns(["tenant_id", "done_at"]).execute();
}

/** Which processes live and who does what, and what each start needs of the FIDO metadata. */
async function createProcesses(db: Kysely<unknown>): Promise<void> {
  const replica = db.schema.createTable("replicas");
  await replica
    .addColumn("replica_id", "text", (column) => column.primaryKey())
    .addColumn("beat", "integer", (column) => column.notNull())
    .execute();

  const duties = db.schema.createTable("duties");
  await duties
    .addColumn("tenant_id", "text", (column) => column.notNull())
    .addColumn("duty", "text", (column) => column.notNull())
    .addColumn("holder", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("duties_key", ["tenant_id", "duty"])
    .execute();

  const metadata = db.schema.createTable("fido_metadata");
  await metadata
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("blob", "text", (column) => column.notNull())
    .addColumn("fetched_at", "text", (column) => column.notNull())
    .execute();
}
