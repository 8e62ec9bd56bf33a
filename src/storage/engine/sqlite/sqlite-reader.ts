import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { SqliteDialect } from "kysely";
import Libsql from "libsql";
import { storeFault } from "../database.js";
import type { Engine } from "../engine.js";
import { KeptStatements } from "./kept-statements.js";
import { codeOf, explainSqlite } from "./sqlite-errors.js";

/** A writer holds the file for moments only. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * The database in a folder, to read from only, also while a bot writes to it and on a copy of the file. It takes no
 * lock of the folder, changes nothing, and is not brought up to date.
 * @throws Fault `store-unavailable`
 */
export function readSqlite(dataDir: string): Pick<Engine, "dialect" | "explain" | "release"> {
  const folder = resolve(dataDir);
  const file = join(folder, "latchkey.db");
  const explain = (error: unknown): string | undefined => explainSqlite(error, folder);
  const doing = `opening ${file}`;
  if (!existsSync(file)) throw storeFault(doing, "it is not there; set DATA_DIR to the folder that holds it");
  try {
    const database = open(file);
    const statements = new KeptStatements(database);
    const close = (): void => {
      statements.forget();
      database.close();
    };
    return {
      dialect: new SqliteDialect({ database: { prepare: (sql) => statements.prepare(sql), close } }),
      explain,
      release: () => {},
    };
  } catch (error) {
    throw storeFault(doing, explain(error), error);
  }
}

/** libsql has no option that keeps it from writing; SQLite's own way to say it is in the address. */
function open(file: string): Libsql.Database {
  const address = `${pathToFileURL(file).href}?mode=ro`;
  try {
    return reading(address);
  } catch (error) {
    // On a medium that is read only SQLite cannot make the file that readers share. No process changes it there either.
    if (codeOf(error) !== "SQLITE_CANTOPEN" || existsSync(`${file}-wal`)) throw error;
    return reading(`${address}&immutable=1`);
  }
}

function reading(address: string): Libsql.Database {
  const database = new Libsql(address);
  try {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.prepare("select count(*) from sqlite_master").all();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
