import type { StoreConfig } from "../config.js";
import type { Log } from "../core/ports.js";
import type { StorePlace } from "../storage/engine/open-engine.js";
import type { PostgresOptions } from "../storage/engine/postgres/postgres-pool.js";

/** What the caller has to give otherwise. */
export class WrongUsage extends Error {
  override readonly name = "WrongUsage";
}

/** A failure ends the program, with its words. */
const SILENT: Log = { info() {}, warn() {}, error() {} };

/** The store as the bot has it: a user of the database may write here, unlike an auditor's. @throws WrongUsage */
export function storePlace(config: StoreConfig): StorePlace {
  const postgres = postgresOf(config);
  return postgres === undefined ? { dataDir: config.dataDir } : { postgres };
}

/** The database, if one is set. @throws WrongUsage when it can only be reached as the bot */
export function postgresOf({ database }: StoreConfig): PostgresOptions | undefined {
  if (database === undefined) return undefined;
  const { auth } = database;
  if (auth.kind === "entra") {
    throw new WrongUsage(
      "DATABASE_AUTH is entra, and this program has no identity of its own: give it a DATABASE_URL with a user that may write and a password, and leave DATABASE_AUTH out.",
    );
  }
  return { ...database, password: async () => auth.password.reveal(), log: SILENT };
}
