import type { Dialect } from "kysely";
import type { Queries, Together } from "../schema.js";

/** What differs between the databases Latchkey runs on. Everything else in this folder is the same for all. */
export interface Engine {
  readonly dialect: Dialect;
  /** Whether no other process can use the store while this one does. */
  readonly isAlone: boolean;
  /** Does the work while no other process migrates, and lets it take its time. @param queries those of the store */
  migrating<T>(queries: Queries, work: (queries: Queries) => Promise<T>): Promise<T>;
  /**
   * Does a transaction that need not be on the disk before it is answered. Only the machine's own failure undoes it, and
   * only when nothing was committed after it. The transaction says so by {@link waitForNoDisk} as it begins.
   * @param queries those of the store
   */
  lightly<T>(queries: Queries, transaction: (queries: Queries) => Promise<T>): Promise<T>;
  waitForNoDisk(statements: Together): Promise<void>;
  /**
   * For statements that are transactions by themselves, of which the same is true. How many rows one changed is told by
   * `executeQuery` alone: it may return what was not asked for.
   */
  withoutWaiting(queries: Queries): Queries;
  /** Puts on the disk what was done lightly so far, where it is not there already, while others go on; never throws. */
  toDisk(): Promise<void>;
  /** Whether the error says that a row like it is there already. */
  isUniqueViolation(error: unknown): boolean;
  /** What went wrong, in words for the operator; undefined when the error is not one we know. */
  explain(error: unknown): string | undefined;
  /** Gives back what only this process may hold. Called after the last query. */
  release(): void;
}
