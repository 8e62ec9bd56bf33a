import { randomUUID } from "node:crypto";
import type { Kysely, Migration } from "kysely";

/** What a card's button is held to (which installation it is of), and the rules that each process runs under. */
export const sealedPlans: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const tenants = db.schema.alterTable("tenants");
    await tenants.addColumn("installation", "text", (column) => column.notNull().defaultTo("")).execute();
    await nameInstallations(db as Kysely<Tenants>);

    const replicas = db.schema.alterTable("replicas");
    // Empty for a process of a version that did not say.
    await replicas.addColumn("rules", "text", (column) => column.notNull().defaultTo("")).execute();
  },
};

/** The tables as this migration knows them. */
interface Tenants {
  tenants: { tenant_id: string; installation: string };
}

async function nameInstallations(db: Kysely<Tenants>): Promise<void> {
  for (const { tenant_id } of await db.selectFrom("tenants").select("tenant_id").execute()) {
    const update = db.updateTable("tenants").set({ installation: randomUUID() });
    await update.where("tenant_id", "=", tenant_id).execute();
  }
}
