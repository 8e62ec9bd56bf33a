import type { StoreConfig } from "../config.js";
import type { Log } from "../core/ports.js";
import { readPostgres } from "../storage/engine/postgres/postgres-reader.js";
import { readSqlite } from "../storage/engine/sqlite/sqlite-reader.js";
import { WrongUsage } from "./which-tenant.js";

/**
 * The store the bot uses, to be read from only.
 * @throws WrongUsage when it can only be reached as the bot
 * @throws Fault when it is not there
 */
export function openEngine({ dataDir, database }: StoreConfig): ReturnType<typeof readSqlite> {
  if (database === undefined) return readSqlite(dataDir);
  const { auth } = database;
  if (auth.kind === "entra") {
    throw new WrongUsage(
      "DATABASE_AUTH is entra, and this program has no identity of its own: give it a DATABASE_URL with a user that may only read and a password, and leave DATABASE_AUTH out.",
    );
  }
  return readPostgres({ ...database, password: async () => auth.password.reveal(), log: SILENT });
}

/** A failure ends the program, with its words. */
const SILENT: Log = { info() {}, warn() {}, error() {} };
