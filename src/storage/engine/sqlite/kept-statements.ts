import type { SqliteStatement } from "kysely";
import type Libsql from "libsql";
import { BoundedMap } from "../../../async/bounded-map.js";

/** The stores have fewer texts than this; what exceeds it is prepared anew. */
const STATEMENTS_KEPT = 200;

interface Preparing {
  prepare(sql: string): Libsql.Statement;
}

/**
 * The prepared statements of a connection, each prepared once. libsql gives back the memory of a statement only when
 * that is collected as garbage, which a program that asks much in a short time has to wait for long.
 */
export class KeptStatements {
  readonly #database: Preparing;
  readonly #kept = new BoundedMap<string, SqliteStatement>(STATEMENTS_KEPT);

  constructor(database: Preparing) {
    this.#database = database;
  }

  prepare(sql: string): SqliteStatement {
    const known = this.#kept.get(sql);
    if (known !== undefined) return known;
    const statement = this.#prepare(sql);
    this.#kept.set(sql, statement);
    return statement;
  }

  /** To be called when the connection is closed, which each of them keeps open. */
  forget(): void {
    this.#kept.clear();
  }

  #prepare(sql: string): SqliteStatement {
    const statement = this.#database.prepare(sql);
    const orForget = <T>(run: () => T): T => {
      try {
        return run();
      } catch (error) {
        // One that met an error may stay half done.
        this.#kept.delete(sql);
        throw error;
      }
    };
    return {
      reader: statement.reader,
      all: (parameters) => orForget(() => statement.all(parameters)),
      run: (parameters) => orForget(() => statement.run(parameters)),
      iterate: (parameters) => statement.iterate(parameters),
    };
  }
}
