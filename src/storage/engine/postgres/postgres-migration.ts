import { Kysely, PostgresAdapter, PostgresDialect, sql } from "kysely";
import type { Tables } from "../../schema.js";
import { type PostgresOptions, postgresPool } from "./postgres-pool.js";

/** Names the lock; PostgreSQL makes a number of it. */
const LOCK = "latchkey migrations";

/**
 * Lets one process migrate at a time, in one transaction that holds the lock. The others wait for it however long it
 * takes, so without our limits. Kysely's own lock belongs to a connection: behind a pooler in transaction mode it is taken
 * on one connection and released on another, and the next process waits for it for an hour.
 */
export async function migratingPostgres<T>(
  options: PostgresOptions,
  work: (queries: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const pool = postgresPool(options, { max: 1, for: "migrating" });
  const queries = new Kysely<Tables>({ dialect: new LockedDialect({ pool }) });
  try {
    // Kysely's own kind of transaction does not take a migrator.
    return await queries.connection().execute((connection) => inOneTransaction(connection, work));
  } finally {
    await queries.destroy();
  }
}

async function inOneTransaction<T>(
  connection: Kysely<Tables>,
  work: (queries: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  await sql`begin`.execute(connection);
  try {
    await sql`select pg_advisory_xact_lock(hashtextextended(${LOCK}, 0))`.execute(connection);
    const result = await work(connection);
    await sql`commit`.execute(connection);
    return result;
  } catch (error) {
    await sql`rollback`.execute(connection);
    throw error;
  }
}

/** For a migrator whose connection is in a transaction that holds the lock: it needs neither of its own. */
class LockedAdapter extends PostgresAdapter {
  override get supportsTransactionalDdl(): boolean {
    return false;
  }
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

class LockedDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new LockedAdapter();
  }
}
