import {
  AliasNode,
  IdentifierNode,
  InsertQueryNode,
  type KyselyPlugin,
  RawNode,
  ReturningNode,
  type RootOperationNode,
  SelectionNode,
  sql,
  UpdateQueryNode,
} from "kysely";
import type { Queries, Together } from "../../schema.js";

/**
 * Has a transaction not wait for the disk: the server writes it there within a second, before anything that is committed
 * after it. Only for the transaction it stands in, so that no other one of a connection that a pooler shares is touched.
 * https://www.postgresql.org/docs/current/wal-async-commit.html
 */
const NOT_WAITED_FOR = "set_config('synchronous_commit', 'off', true)";

/** In each transaction by itself; one round trip. */
export async function waitForNoDisk(statements: Together): Promise<void> {
  await sql.raw(`select ${NOT_WAITED_FOR}`).execute(statements);
}

/** The same for statements that are transactions by themselves: they say it as they return, in the same round trip. */
export function withoutWaiting(queries: Queries): Queries {
  return queries.withPlugin(SAYS_SO);
}

const RETURNING = ReturningNode.create([
  SelectionNode.create(
    AliasNode.create(RawNode.createWithSql(NOT_WAITED_FOR), IdentifierNode.create("synchronous_commit")),
  ),
]);

const SAYS_SO: KyselyPlugin = {
  transformQuery: ({ node }): RootOperationNode =>
    InsertQueryNode.is(node) || UpdateQueryNode.is(node) ? { ...node, returning: RETURNING } : node,
  transformResult: async ({ result }) => result,
};
