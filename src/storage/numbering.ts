import { randomUUID } from "node:crypto";
import type { QueryResult } from "kysely";
import type { TenantId } from "../core/person.js";
import { storeFault } from "./engine/database.js";
import { keptQuery } from "./engine/kept-query.js";
import type { Together } from "./schema.js";

/**
 * Waits until no other transaction writes in the tenant, and keeps others waiting until the transaction ends. What is read
 * afterwards stays true meanwhile. Comes first in a transaction: two transactions that hold other rows could wait
 * for each other.
 */
export async function takeTurn(statements: Together, tenant: TenantId): Promise<void> {
  await rowOf(statements, tenant, locking);
}

const locking = keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
  queries.selectFrom("tenants").select("tenant_id").where("tenant_id", "=", tenant).forUpdate(),
);

/**
 * The tenant's next number of that kind. Belongs to the transaction: undone, it is given out again, so there are
 * no gaps; and until the transaction ends, no other one gets a number of this tenant.
 */
export async function nextNumber(statements: Together, tenant: TenantId, counter: Counter): Promise<number> {
  return (await numbered(statements, tenant, counter)).number;
}

/** The same with the installation whose number it is. */
export async function numbered(
  statements: Together,
  tenant: TenantId,
  counter: Counter,
): Promise<{ readonly number: number; readonly installation: string }> {
  return rowOf(statements, tenant, COUNTING[counter]);
}

type Counter = "last_plan" | "last_audit" | "last_drift";

const COUNTING = {
  last_plan: countingBy("last_plan"),
  last_audit: countingBy("last_audit"),
  last_drift: countingBy("last_drift"),
} satisfies Readonly<Record<Counter, unknown>>;

function countingBy(counter: Counter) {
  return keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
    queries
      .updateTable("tenants")
      .set((expression) => ({ [counter]: expression(counter, "+", 1) }))
      .where("tenant_id", "=", tenant)
      .returning([`${counter} as number`, "installation"]),
  );
}

/** What the query gives for the tenant, whose row is added where it is not there yet. */
async function rowOf<Row>(
  statements: Together,
  tenant: TenantId,
  query: (statements: Together, values: { readonly tenant: TenantId }) => Promise<QueryResult<Row>>,
): Promise<Row> {
  const [row] = (await query(statements, { tenant })).rows;
  if (row !== undefined) return row;
  await addTenant(statements, tenant);
  const [added] = (await query(statements, { tenant })).rows;
  if (added === undefined) throw storeFault("adding a tenant", "its row is not there");
  return added;
}

async function addTenant(statements: Together, tenant: TenantId): Promise<void> {
  await statements
    .insertInto("tenants")
    .values({
      tenant_id: tenant,
      last_plan: 0,
      last_audit: 0,
      last_drift: 0,
      installation: randomUUID(),
    })
    .onConflict((conflict) => conflict.column("tenant_id").doNothing())
    .execute();
}
