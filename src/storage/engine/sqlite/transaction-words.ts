import type { SqliteStatement } from "kysely";
import type Libsql from "libsql";

/** In WAL mode a transaction stored by it is undone when the machine fails before something else has put it on the disk. */
const NORMAL = "pragma synchronous = normal";
const FULL = "pragma synchronous = full";

/**
 * Kysely's words for a transaction, said in SQLite's way.
 * - The write lock is taken at the beginning, not at the first write, so it can only be missing there.
 * - Its end waits for the disk, and a statement outside of one does not: that is one of {@link Database.lightly}.
 * - They go through `exec`: a prepared statement of libsql that met SQLITE_BUSY stays half done until it is
 *   collected as garbage, and until then every commit fails ("SQL statements in progress").
 * - SQLite itself undoes a transaction that met a full disk. The error of a second rollback ("no transaction is
 *   active") would take the place of the one that matters.
 */
export class TransactionWords {
  /** Whether the transaction that begins next waits for the disk at its end. */
  waits = true;
  readonly #said: Readonly<Record<string, SqliteStatement>>;

  constructor(database: Libsql.Database) {
    database.exec(NORMAL);
    const said = (words: () => string) => statement(() => void database.exec(words()));
    this.#said = {
      begin: said(() => (this.waits ? `${FULL}; begin immediate` : "begin immediate")),
      commit: said(() => `commit; ${NORMAL}`),
      rollback: said(() => (database.inTransaction ? `rollback; ${NORMAL}` : NORMAL)),
    };
  }

  /** @returns undefined for any other statement */
  find(sql: string): SqliteStatement | undefined {
    return this.#said[sql];
  }
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
