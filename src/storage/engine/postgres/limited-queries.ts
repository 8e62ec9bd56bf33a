import { type Limits, type LimitsHold, sayLimits } from "./postgres-limits.js";

type Query = (sql: string, parameters: readonly unknown[]) => Promise<unknown>;

/** Kysely's words for a transaction. */
const BEGINS = /^(begin|start transaction)\b/;
const ENDS = /^(commit|rollback)$/;

/**
 * Every statement of a connection under the server's limits. Where those hold for a transaction at a time, they are sent
 * together with its beginning, and a statement outside of one gets a transaction of its own.
 */
export function limitedQueries(query: Query, hold: LimitsHold, limits: Limits): Query {
  const said = sayLimits(limits, "set local");
  if (hold === "connection" || said === "") return query;
  let isInTransaction = false;
  const begin = async (sql: string): Promise<unknown> => {
    // Several statements in one text give an array; Kysely asks for nothing of a beginning.
    const begun = await query(`${sql}; ${said}`, []);
    isInTransaction = true;
    return begun;
  };
  return async (sql, parameters) => {
    if (BEGINS.test(sql)) return begin(sql);
    if (ENDS.test(sql)) isInTransaction = false;
    else if (!isInTransaction) return inOwnTransaction(query, `begin; ${said}`, () => query(sql, parameters));
    return query(sql, parameters);
  };
}

async function inOwnTransaction(
  query: Query,
  begin: string,
  statement: () => Promise<unknown>,
): Promise<unknown> {
  await query(begin, []);
  try {
    const result = await statement();
    await query("commit", []);
    return result;
  } catch (error) {
    // The statement's own error says more than one of its undoing, which the end of the connection does as well.
    await query("rollback", []).catch(() => undefined);
    throw error;
  }
}
