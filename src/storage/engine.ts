import type { Dialect } from "kysely";

/** What differs between the databases Latchkey runs on. Everything else in this folder is the same for all. */
export interface Engine {
  readonly dialect: Dialect;
  /** Whether the error says that a row like it is there already. */
  isUniqueViolation(error: unknown): boolean;
  /** What went wrong, in words for whoever runs the bot; undefined when the error is not one we know. */
  explain(error: unknown): string | undefined;
  /** Gives back what only this process may hold. Called after the last query. */
  release(): void;
}
