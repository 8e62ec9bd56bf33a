import type Libsql from "libsql";
import ElsewhereLibsql from "libsql/promise";

/** From so many pages on a commit empties the log itself: it stays bounded where nothing else does that in time. */
const PAGES_AT_MOST = 4_000;

/**
 * The log that commits go to first. What is in it is copied into the database on a connection and a thread of its own: it
 * takes as long as several commits, and while SQLite works on the connection of the store this process does nothing else.
 */
export class WriteAheadLog {
  readonly #database: Libsql.Database;
  readonly #copying: ElsewhereLibsql;

  /** @param database the connection of the store */
  constructor(database: Libsql.Database, file: string) {
    database.pragma(`wal_autocheckpoint = ${PAGES_AT_MOST}`);
    this.#database = database;
    this.#copying = new ElsewhereLibsql(file, {});
  }

  /** Puts on the disk what was committed before, and copies it into the database. Never throws. */
  async toDisk(): Promise<void> {
    try {
      // The log reaches the disk before anything of it reaches the database.
      await this.#copying.exec("pragma wal_checkpoint(passive)");
    } catch {
      // The next start finds it in the log; a disk that fails fails the next commit as well, which says so.
    }
  }

  /**
   * For the end. SQLite does this itself when the last connection closes; here statements that are not collected as garbage
   * yet keep the connection open behind our back. What stays in the log is not lost, but a copy of the database alone
   * lacks it.
   */
  empty(): void {
    this.#copying.close();
    try {
      // Another reader is not waited for: the process is about to end.
      this.#database.exec("pragma busy_timeout = 0");
      this.#database.exec("pragma wal_checkpoint(truncate)");
    } catch {
      // As above.
    }
  }
}
