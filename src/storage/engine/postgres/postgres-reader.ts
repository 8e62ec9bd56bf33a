import { PostgresDialect } from "kysely";
import type { Engine } from "../engine.js";
import { type PostgresOptions, postgresPool, reason } from "./postgres-pool.js";

/** A PostgreSQL database to read from, on one connection, for a caller that has time. Nothing is asked of the server yet. */
export function readPostgres(options: PostgresOptions): Pick<Engine, "dialect" | "explain" | "release"> {
  return {
    dialect: new PostgresDialect({ pool: postgresPool(options, { max: 1, for: "reading" }) }),
    explain: (error) => reason(options, error),
    release: () => {},
  };
}
