import { Kysely, PostgresDialect } from "kysely";
import type { Tables } from "../../schema.js";
import type { Engine } from "../engine.js";
import { codeOf } from "./postgres-errors.js";
import { type PostgresOptions, postgresPool, reason } from "./postgres-pool.js";

/** Connections of one process. Several processes share a server, which as a rule takes a hundred. */
const CONNECTIONS = 10;

/**
 * PostgreSQL. Everything that is its own is in this file and the ones beside it named for it. Any number of processes
 * may use a database. Nothing is asked of the server yet.
 */
export function openPostgres(options: PostgresOptions): Engine {
  return {
    dialect: new PostgresDialect({ pool: postgresPool(options, { max: CONNECTIONS, for: "serving" }) }),
    isAlone: false,
    migrating: (_, work) => migrating(options, work),
    // Without a transaction around it: one way there and back, not three.
    lightly: (queries, statement) => statement(queries),
    toDisk: async () => {},
    isUniqueViolation: (error) => codeOf(error) === "23505",
    explain: (error) => reason(options, error),
    release() {},
  };
}

/** Kysely lets one process migrate at a time. The others wait for it however long it takes, so without our limits. */
async function migrating<T>(
  options: PostgresOptions,
  work: (queries: Kysely<Tables>) => Promise<T>,
): Promise<T> {
  const pool = postgresPool(options, { max: 1, for: "migrating" });
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    return await work(queries);
  } finally {
    await queries.destroy();
  }
}
