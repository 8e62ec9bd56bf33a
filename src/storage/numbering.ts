import { randomUUID } from "node:crypto";
import type { TenantId } from "../core/person.js";
import type { Together } from "./schema.js";

/**
 * Waits until no other transaction writes in the tenant, and keeps others waiting until the transaction ends. What is read
 * afterwards stays true meanwhile. Comes first in a transaction: two transactions that hold other rows could wait
 * for each other.
 */
export async function takeTurn(statements: Together, tenant: TenantId): Promise<void> {
  const rows = statements.selectFrom("tenants").select("tenant_id").where("tenant_id", "=", tenant);
  const row = rows.forUpdate();
  if ((await row.executeTakeFirst()) !== undefined) return;
  await addTenant(statements, tenant);
  await row.executeTakeFirstOrThrow();
}

/**
 * The tenant's next number of that kind. Belongs to the transaction: undone, it is given out again, so there are
 * no gaps; and until the transaction ends, no other one gets a number of this tenant.
 */
export async function nextNumber(
  statements: Together,
  tenant: TenantId,
  counter: "last_plan" | "last_audit" | "last_drift",
): Promise<number> {
  return (await numbered(statements, tenant, counter)).number;
}

/** The same with the installation whose number it is. */
export async function numbered(
  statements: Together,
  tenant: TenantId,
  counter: "last_plan" | "last_audit" | "last_drift",
): Promise<{ readonly number: number; readonly installation: string }> {
  const counting = statements
    .updateTable("tenants")
    .set((expression) => ({ [counter]: expression(counter, "+", 1) }))
    .where("tenant_id", "=", tenant)
    .returning([`${counter} as number`, "installation"]);
  const row = await counting.executeTakeFirst();
  if (row !== undefined) return row;
  await addTenant(statements, tenant);
  return counting.executeTakeFirstOrThrow();
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
