import { type ReplicaId, replicaId, type TenantId } from "../../core/person.js";
import type { Duty, ReplicaStore } from "../../core/stores.js";
import type { Database } from "../engine/database.js";
import type { Together } from "../schema.js";

/** The processes that share the database, and who of them has which duty. */
export function createReplicaStore(database: Database): ReplicaStore {
  return {
    beat: (replica, rules = "") =>
      database.together("saying that this process lives", async (statements) => {
        await statements
          .insertInto("replicas")
          .values({ replica_id: replica, beat: 1, rules })
          .onConflict((conflict) =>
            conflict
              .column("replica_id")
              .doUpdateSet((row) => ({ beat: row("replicas.beat", "+", 1), rules })),
          )
          .execute();
      }),

    beats: () =>
      database.run("reading which processes live", async (queries) => {
        const rows = await queries.selectFrom("replicas").selectAll().execute();
        return new Map(rows.map((row) => [replicaId(row.replica_id), row.beat]));
      }),

    rules: () =>
      database.run("reading by which rules processes decide", async (queries) => {
        const rows = await queries.selectFrom("replicas").select(["replica_id", "rules"]).execute();
        return new Map(rows.map((row) => [replicaId(row.replica_id), row.rules]));
      }),

    leave: (replica) =>
      database.together("forgetting a process", async (statements) => {
        await statements.deleteFrom("replicas").where("replica_id", "=", replica).execute();
        await statements.deleteFrom("duties").where("holder", "=", replica).execute();
      }),

    holder: (tenant, duty) =>
      database.run("reading who has a duty", async (queries) => {
        const query = queries.selectFrom("duties").select("holder").where("tenant_id", "=", tenant);
        const row = await query.where("duty", "=", duty).executeTakeFirst();
        return row && replicaId(row.holder);
      }),

    // One statement decides: of several at the same moment one is first, and the others find it done.
    transfer: (tenant, duty, { from, to }) =>
      database.together("transferring a duty", async (statements) => {
        if (from !== undefined) return transferFrom(statements, tenant, duty, from, to);
        return to === undefined ? isFree(statements, tenant, duty) : take(statements, tenant, duty, to);
      }),
  };
}

async function transferFrom(
  statements: Together,
  tenant: TenantId,
  duty: Duty,
  from: ReplicaId,
  to: ReplicaId | undefined,
): Promise<boolean> {
  if (to !== undefined) {
    const held = statements.updateTable("duties").set({ holder: to }).where("tenant_id", "=", tenant);
    const mine = held.where("duty", "=", duty).where("holder", "=", from);
    return (await mine.executeTakeFirstOrThrow()).numUpdatedRows === 1n;
  }
  const held = statements.deleteFrom("duties").where("tenant_id", "=", tenant);
  const mine = held.where("duty", "=", duty).where("holder", "=", from);
  return (await mine.executeTakeFirstOrThrow()).numDeletedRows === 1n;
}

async function take(statements: Together, tenant: TenantId, duty: Duty, to: ReplicaId): Promise<boolean> {
  const taken = await statements
    .insertInto("duties")
    .values({ tenant_id: tenant, duty, holder: to })
    .onConflict((conflict) => conflict.columns(["tenant_id", "duty"]).doNothing())
    .executeTakeFirstOrThrow();
  return taken.numInsertedOrUpdatedRows === 1n;
}

async function isFree(statements: Together, tenant: TenantId, duty: Duty): Promise<boolean> {
  const query = statements.selectFrom("duties").select("holder").where("tenant_id", "=", tenant);
  return (await query.where("duty", "=", duty).executeTakeFirst()) === undefined;
}

/** Where no other process can use the store, every process that is still written there has ended. */
export async function forgetReplicas(database: Database): Promise<void> {
  await database.together("forgetting processes that have ended", async (statements) => {
    await statements.deleteFrom("duties").execute();
    await statements.deleteFrom("replicas").execute();
  });
}
