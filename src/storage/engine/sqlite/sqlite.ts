import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { SqliteDatabase } from "kysely";
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
import { TransactionWords } from "./transaction-words.js";
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
    const words = new TransactionWords(database);
    return {
      dialect: new StoreSqliteDialect({ database: storeOf(database, words, log) }),
      isAlone: true,
      migrating: (queries, work) => work(queries),
      lightly: (queries, transaction) =>
        queries.connection().execute(async (alone) => {
          words.waits = false;
          try {
            return await transaction(alone);
          } finally {
            words.waits = true;
          }
        }),
      withoutWaiting: (queries) => queries,
      waitForNoDisk: async () => {},
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

function storeOf(database: Libsql.Database, words: TransactionWords, log: WriteAheadLog): SqliteDatabase {
  const statements = new KeptStatements(database);
  return {
    prepare: (sql) => words.find(sql) ?? statements.prepare(sql),
    close: () => {
      statements.forget();
      log.empty();
      database.close();
    },
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
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
