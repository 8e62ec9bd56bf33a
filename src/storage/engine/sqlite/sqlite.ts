import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { SqliteDatabase, SqliteStatement } from "kysely";
import Libsql from "libsql";
import { Fault } from "../../../core/errors.js";
import { storeFault } from "../database.js";
import type { Engine } from "../engine.js";
import { lockFolder } from "./folder-lock.js";
import { KeptStatements } from "./kept-statements.js";
import { refuseMoved } from "./moved-folder.js";
import { keepPrivate, makePrivateFile } from "./private-file.js";
import { StoreSqliteDialect } from "./sqlite-dialect.js";
import { codeOf, explainSqlite } from "./sqlite-errors.js";
import { WriteAheadLog } from "./write-ahead-log.js";

/** Waiting blocks the process, and only an operator's own tool can hold the file: so not for long. */
const BUSY_TIMEOUT_MS = 2_000;
const DATABASE_FILE = "latchkey.db";

/**
 * SQLite in `dataDir`, which is created when missing. Everything that is SQLite's own is in this file and the
 * ones beside it named for it. Only one process may have a folder open.
 * @throws Fault `store-unavailable`
 */
export function openSqlite(dataDir: string): Engine {
  const explain = (error: unknown): string | undefined => explainSqlite(error, dataDir);
  const doing = `opening ${dataDir}`;
  try {
    // The records name people: no other account of the machine needs to read them.
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storeFault(doing, explain(error), error);
  }
  const lock = lockFolder(dataDir, explain);
  try {
    refuseMoved(dataDir);
    const file = join(dataDir, DATABASE_FILE);
    const database = openFile(file);
    const log = new WriteAheadLog(database, file);
    return {
      dialect: new StoreSqliteDialect({ database: transactionsOf(database, log) }),
      isAlone: true,
      migrating: (queries, work) => work(queries),
      lightly: (queries, statement) =>
        queries.connection().execute(async (alone) => {
          database.exec("pragma synchronous = normal");
          try {
            return await statement(alone);
          } finally {
            database.exec("pragma synchronous = full");
          }
        }),
      toDisk: () => log.toDisk(),
      isUniqueViolation: (error) => /^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY)$/.test(codeOf(error) ?? ""),
      explain,
      release: lock.release,
    };
  } catch (error) {
    lock.release();
    if (error instanceof Fault) throw error;
    throw storeFault(doing, explain(error), error);
  }
}

/**
 * Kysely's words for a transaction, said in SQLite's way.
 * - The write lock is taken at the beginning, not at the first write, so it can only be missing there.
 * - They go through `exec`: a prepared statement of libsql that met SQLITE_BUSY stays half done until it is
 *   collected as garbage, and until then every commit fails ("SQL statements in progress").
 * - SQLite itself undoes a transaction that met a full disk. The error of a second rollback ("no transaction is
 *   active") would take the place of the one that matters.
 */
function transactionsOf(database: Libsql.Database, log: WriteAheadLog): SqliteDatabase {
  const words: Readonly<Record<string, () => void>> = {
    begin: () => database.exec("begin immediate"),
    commit: () => database.exec("commit"),
    rollback: () => database.inTransaction && database.exec("rollback"),
  };
  const statements = new KeptStatements(database);
  return {
    prepare(sql) {
      const say = words[sql];
      return say === undefined ? statements.prepare(sql) : statement(say);
    },
    close: () => {
      statements.forget();
      log.empty();
      database.close();
    },
  };
}

function statement(run: () => void): SqliteStatement {
  return {
    reader: false,
    run() {
      run();
      return { changes: 0, lastInsertRowid: 0 };
    },
    all: () => [],
    iterate: () => [].values(),
  };
}

function openFile(file: string): Libsql.Database {
  makePrivateFile(file);
  // Of a process that was killed they are still there, and keep their rights.
  for (const beside of ["-wal", "-shm"]) keepPrivate(file + beside);
  const database = new Libsql(file);
  try {
    database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.pragma("journal_mode = WAL");
    // In WAL mode the default, NORMAL, may lose the last transactions when the power fails.
    database.pragma("synchronous = FULL");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
