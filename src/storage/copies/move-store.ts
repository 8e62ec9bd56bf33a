import { existsSync } from "node:fs";
import { join } from "node:path";
import { Database, storeFault } from "../engine/database.js";
import { openPostgres } from "../engine/postgres/postgres.js";
import type { PostgresOptions } from "../engine/postgres/postgres-pool.js";
import { lockFolder } from "../engine/sqlite/folder-lock.js";
import { noteMoved } from "../engine/sqlite/moved-folder.js";
import { explainSqlite } from "../engine/sqlite/sqlite-errors.js";
import { readSqlite } from "../engine/sqlite/sqlite-reader.js";
import { MIGRATIONS } from "../migrations/migrate.js";
import { refuseWhileUsed } from "../replicas/refuse-while-used.js";
import { unfence } from "./fence.js";
import { fillStore } from "./fill-store.js";
import { type CopiedHead, readCopy, type StoreCopy } from "./read-copy.js";
import { RowDigest, type TableDigest } from "./row-digest.js";

export interface Moved {
  readonly tables: Readonly<Record<string, TableDigest>>;
  readonly heads: readonly CopiedHead[];
}

/**
 * Moves a store from a folder to an empty PostgreSQL database: the same installation, so that its numbers and its record
 * go on and its cards decide. The folder stays as it is, and no bot starts on it any more. Stopped at any moment, it
 * may be run again: of the two places at most one takes a bot.
 * @throws Fault when a process uses one of them, the database is not empty, or it fails
 */
export async function moveStore({
  dataDir,
  to,
  at,
}: {
  readonly dataDir: string;
  readonly to: PostgresOptions;
  readonly at: Date;
}): Promise<Moved> {
  if (!existsSync(join(dataDir, "latchkey.db")))
    throw storeFault(
      `moving ${dataDir}`,
      "there is no latchkey.db in it; set DATA_DIR to the folder that is to be moved",
    );
  const lock = lockFolder(dataDir, (error) => explainSqlite(error, dataDir));
  const database = new Database(openPostgres(to));
  try {
    const moved = await readCopy(readSqlite(dataDir), async (copy) => {
      refuseOlder(copy);
      await refuseWhileUsed(database);
      const tables: Record<string, TableDigest> = {};
      await fillStore(database, {
        migrations: copy.migrations,
        eachRow: (take) => eachRow(copy, tables, take),
        digests: () => tables,
      });
      return { tables, heads: await copy.heads() };
    });
    noteMoved(dataDir, { to: `${to.host}:${to.port}/${to.database}`, at });
    await database.together("letting a bot start on it", (statements) => unfence(statements));
    return moved;
  } finally {
    await database.close();
    lock.release();
  }
}

/** Its tables would be changed there, and no longer be those that the folder has. */
function refuseOlder({ migrations }: StoreCopy): void {
  if (migrations.join() === Object.keys(MIGRATIONS).join()) return;
  throw storeFault(
    "moving it",
    "another version of Latchkey wrote the folder: start this one on it and stop it again, then move",
  );
}

async function eachRow(
  copy: StoreCopy,
  tables: Record<string, TableDigest>,
  take: (table: string, row: Parameters<RowDigest["add"]>[0]) => Promise<void>,
): Promise<void> {
  for (const table of copy.tables) {
    const digest = new RowDigest();
    for await (const page of copy.rows(table)) {
      for (const row of page) {
        digest.add(row);
        await take(table.name, row);
      }
    }
    tables[table.name] = digest.value;
  }
}
