import { storeFault } from "../engine/database.js";
import type { Queries, Together } from "../schema.js";

/**
 * What a store is while it is being filled: the word stands before the id of its installation, in the same transaction as
 * the rows, and no bot starts on such a store.
 */
const FENCE = "unfinished ";

/** Keeps a bot from starting on what was copied, until {@link unfence}. */
export async function fence(statements: Together): Promise<void> {
  for (const { tenant_id, installation } of await installations(statements))
    await name(statements, tenant_id, `${FENCE}${installation}`);
}

/** The store is the installation that it was copied from. */
export async function unfence(statements: Together): Promise<void> {
  for (const { tenant_id, installation } of await installations(statements))
    await name(statements, tenant_id, installation.replace(FENCE, ""));
}

/** Whether what is in the store was copied there and nothing was done with it yet. */
export async function isFenced(queries: Queries): Promise<boolean> {
  const all = await installations(queries);
  return all.some(({ installation }) => installation.startsWith(FENCE));
}

/** @throws Fault when a restore or a move into the store did not come to its end */
export async function refuseFenced(queries: Queries): Promise<void> {
  if (!(await isFenced(queries))) return;
  throw storeFault(
    "opening it",
    "npm run store -- restore, or move, did not come to its end here: run it again, or, for what is there to count as a restored backup, npm run restored",
  );
}

function installations(queries: Queries) {
  return queries.selectFrom("tenants").select(["tenant_id", "installation"]).execute();
}

async function name(statements: Together, tenant: string, installation: string): Promise<void> {
  await statements.updateTable("tenants").set({ installation }).where("tenant_id", "=", tenant).execute();
}
