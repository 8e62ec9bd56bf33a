import { resolve } from "node:path";
import type { Engine } from "./engine.js";
import { openPostgres } from "./postgres/postgres.js";
import type { PostgresOptions } from "./postgres/postgres-pool.js";
import { openSqlite } from "./sqlite/sqlite.js";

/** Where the store is: in a folder, for one process, or on a PostgreSQL server, for any number of them. */
export type StorePlace = { readonly dataDir: string } | { readonly postgres: PostgresOptions };

/** @throws Fault `store-unavailable`, among others when another process uses the folder */
export function openEngine(place: StorePlace): Engine {
  return "postgres" in place ? openPostgres(place.postgres) : openSqlite(resolve(place.dataDir));
}
