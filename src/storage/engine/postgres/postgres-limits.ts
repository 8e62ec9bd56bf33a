import type pg from "pg";

/**
 * How long things may take, by what the connections are for.
 * - `statement_timeout`: when the server gives a statement up.
 * - `query_timeout`: when we give the server up; where nothing comes back, its own limit is of no use.
 * - `idle_in_transaction_session_timeout`: when the server undoes a transaction in which nothing more is said.
 *   Shorter than the lock wait, so a paused process loses its locks before others give up.
 */
export const LIMITS_MS = {
  serving: { statement_timeout: 10_000, query_timeout: 12_000, idle_in_transaction_session_timeout: 5_000 },
  /** Statements over all plans take as long as they take. */
  migrating: { idle_in_transaction_session_timeout: 60_000 },
  /** A reader may be as slow as a person; no process waits for locks of one that only reads. */
  reading: {},
} as const satisfies Readonly<Record<string, Limits>>;

export interface Limits {
  readonly statement_timeout?: number;
  readonly query_timeout?: number;
  readonly idle_in_transaction_session_timeout?: number;
}

/** Where the server's limits of a connection are in force. */
export type LimitsHold =
  /** For as long as it lasts. */
  | "connection"
  /** For one transaction at a time, as whose first words they are said. */
  | "transaction";

/** What a connection has to be able to do here. */
type Asked = Pick<pg.ClientBase, "query">;

/**
 * Puts the server's limits in force on a new connection, where they stay in force. A pooler in between refuses them as
 * part of the connection's start, and may give each transaction another connection of its own to the server, on which
 * they were never said: behind one they are said with each transaction.
 * @param processId of the other end, as it named itself
 */
export async function limitConnection(
  connection: Asked,
  { processId, limits, withinMs }: { processId: number; limits: Limits; withinMs: number },
): Promise<LimitsHold> {
  const ask = (text: string) => connection.query({ text, query_timeout: withinMs } as pg.QueryConfig);
  const { rows } = await ask("select pg_backend_pid() as pid");
  // A pooler names itself by a number of its own, made up for each connection.
  if (rows[0]?.pid !== processId) return "transaction";
  const said = sayLimits(limits, "set");
  if (said !== "") await ask(said);
  return "connection";
}

/** The server's limits as statements. */
export function sayLimits(limits: Limits, how: "set" | "set local"): string {
  const { query_timeout: _ours, ...servers } = limits;
  return Object.entries(servers)
    .map(([name, milliseconds]) => `${how} ${name} = ${milliseconds}`)
    .join("; ");
}
