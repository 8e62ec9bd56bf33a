import { Kysely } from "kysely";
import { Fault } from "../../core/errors.js";
import type { Queries, Tables, Together } from "../schema.js";
import { committed } from "./after-commit.js";
import type { Engine } from "./engine.js";

const ON_DISK_WITHIN_MS = 1_000;

/** The database as the stores see it: a failure in it is a Fault that says what was being done. */
export class Database {
  readonly #queries: Queries;
  readonly #withoutWaiting: Queries;
  readonly #engine: Engine;
  readonly #underWay = new Set<Promise<unknown>>();
  #toDisk: NodeJS.Timeout | undefined;
  #isClosing = false;
  constructor(engine: Engine) {
    this.#engine = engine;
    this.#queries = new Kysely<Tables>({ dialect: engine.dialect });
    this.#withoutWaiting = engine.withoutWaiting(this.#queries);
  }

  /**
   * For what only reads; what writes goes through {@link Database.together}, which waits for its turn, or
   * {@link Database.lightly}.
   * @param doing completes "The store failed while ..."
   */
  run<T>(doing: string, work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#faulty(doing, () => work(this.#queries));
  }

  /**
   * For what writes: everything `work` does is kept, or, when it throws, nothing of it. A statement sees what others
   * stored before it began, so work that decides by what is stored locks that first: `takeTurn`, or `forUpdate`.
   */
  together<T>(doing: string, work: (statements: Together) => Promise<T>): Promise<T> {
    return this.#faulty(doing, () => inTransaction(this.#queries, work));
  }

  /**
   * For one statement that is a transaction by itself, and may be undone when the machine or the database server fails in
   * the next moment: what is stored by {@link Database.together} afterwards is never kept without it. How many rows it
   * changed, `executeQuery` tells.
   */
  lightly<T>(doing: string, statement: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#faulty(doing, () => statement(this.#withoutWaiting));
  }

  /**
   * For one statement that is kept when this process ends, and a second later when the machine or the server fails; what is
   * stored by {@link Database.together} meanwhile is never kept without it.
   */
  soonOnDisk<T>(doing: string, statement: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#thenToDisk(this.lightly(doing, statement));
  }

  /** {@link Database.together}, of which the same is true as of {@link Database.soonOnDisk}. */
  soonOnDiskTogether<T>(doing: string, work: (statements: Together) => Promise<T>): Promise<T> {
    const light = async (statements: Together) => {
      await this.#engine.waitForNoDisk(statements);
      return work(statements);
    };
    const transaction = (queries: Queries) => inTransaction(queries, light);
    return this.#thenToDisk(this.#faulty(doing, () => this.#engine.lightly(this.#queries, transaction)));
  }

  async #thenToDisk<T>(storing: Promise<T>): Promise<T> {
    const result = await storing;
    // What is stored until then goes with it; closing does the same.
    if (!this.#isClosing) this.#toDisk ??= setTimeout(() => this.#putOnDisk(), ON_DISK_WITHIN_MS).unref();
    return result;
  }

  #putOnDisk(): void {
    this.#toDisk = undefined;
    void this.#faulty("putting on the disk what was stored", () => this.#engine.toDisk());
  }

  /** For migrations: one at a time among all processes, and without a time limit. */
  migrating<T>(doing: string, work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#faulty(doing, () => this.#engine.migrating(this.#queries, work));
  }

  /** Whether the error of a statement says that a row like it is there already. */
  isUniqueViolation(error: unknown): boolean {
    return this.#engine.isUniqueViolation(error);
  }

  /** Lets what is under way finish. What comes later fails. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#toDisk);
    await Promise.allSettled(this.#underWay);
    try {
      await this.#queries.destroy();
    } finally {
      this.#engine.release();
    }
  }

  async #faulty<T>(doing: string, work: () => Promise<T>): Promise<T> {
    const working = work();
    this.#underWay.add(working);
    try {
      return await working;
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw storeFault(doing, this.#engine.explain(error), error);
    } finally {
      this.#underWay.delete(working);
    }
  }
}

async function inTransaction<T>(queries: Queries, work: (statements: Together) => Promise<T>): Promise<T> {
  const transaction = queries.transaction().setIsolationLevel("read committed");
  const done = await transaction.execute(async (statements) => ({
    statements,
    result: await work(statements),
  }));
  committed(done.statements);
  return done.result;
}

/** A failure of the store. @param why in words for the operator; when unknown, the error's own. */
export function storeFault(doing: string, why: string | undefined, cause?: unknown): Fault {
  const words = why ?? (cause instanceof Error ? cause.message : String(cause));
  return new Fault("store-unavailable", `The store failed while ${doing}: ${words}.`, { cause });
}
