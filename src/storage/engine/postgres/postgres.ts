import { PostgresDialect } from "kysely";
import type { Engine } from "../engine.js";
import { codeOf } from "./postgres-errors.js";
import { migratingPostgres } from "./postgres-migration.js";
import { type PostgresOptions, postgresPool, reason } from "./postgres-pool.js";
import { waitForNoDisk, withoutWaiting } from "./soon-on-disk.js";

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
    migrating: (_, work) => migratingPostgres(options, work),
    lightly: (queries, transaction) => transaction(queries),
    withoutWaiting,
    waitForNoDisk,
    toDisk: async () => {},
    isUniqueViolation: (error) => codeOf(error) === "23505",
    explain: (error) => reason(options, error),
    release() {},
  };
}
