import { passwordOf } from "../config/database.js";
import type { Config } from "../config.js";
import type { Log } from "../core/ports.js";
import type { EntraApp } from "../graph/entra-app.js";
import type { PostgresOptions } from "../storage/engine/postgres/postgres-pool.js";

/** The PostgreSQL database that is configured; undefined: SQLite in the folder. */
export function postgresOf(
  { database, databaseScope }: Pick<Config, "database" | "databaseScope">,
  app: Pick<EntraApp, "token">,
  log: Log,
): PostgresOptions | undefined {
  if (database === undefined) return undefined;
  const known = passwordOf(database);
  const password = async () => known?.() ?? app.token(databaseScope);
  return { ...database, password, log };
}
