import type { Kysely, Migration } from "kysely";

interface Before {
  plans: { tenant_id: string; number: number; body: string };
}
interface After {
  plans: { tenant_id: string; number: number; expires_at: string };
}

/** Several processes on one database: which of them live, who does what, and which plans are due for somebody. */
export const replicas: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
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

    const plans = db.schema.alterTable("plans");
    await plans.addColumn("expires_at", "text", (column) => column.notNull().defaultTo("")).execute();
    await storeExpiry(db as Kysely<Before & After>);
    // With the time in it: a column that comes after the body is read through the whole of that.
    await db.schema.dropIndex("plans_by_state").execute();
    const due = db.schema.createIndex("plans_by_state").on("plans");
    await due.columns(["tenant_id", "state", "expires_at"]).execute();
  },
};

/** One plan at a time, because one may be large. What cannot be read stays due: whoever looks at it says so. */
async function storeExpiry(db: Kysely<Before & After>): Promise<void> {
  const keys = await db.selectFrom("plans").select(["tenant_id", "number"]).execute();
  for (const { tenant_id, number } of keys) {
    const one = db.selectFrom("plans").where("tenant_id", "=", tenant_id).where("number", "=", number);
    const { body } = await one.select("body").executeTakeFirstOrThrow();
    await db
      .updateTable("plans")
      .set({ expires_at: expiryOf(body) })
      .where("tenant_id", "=", tenant_id)
      .where("number", "=", number)
      .execute();
  }
}

function expiryOf(body: string): string {
  try {
    const plan: { expiresAt?: unknown } | null = JSON.parse(body);
    return typeof plan?.expiresAt === "string" ? plan.expiresAt : "";
  } catch {
    return ""; // A damaged plan: it is met as one when it is read.
  }
}
