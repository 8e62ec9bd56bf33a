import type { TenantId } from "../core/person.js";
import type { Together } from "./schema.js";

/**
 * The tenant's next number of that kind. Belongs to the transaction: undone, it is given out again, so there are
 * no gaps; and until the transaction ends, nobody else gets a number of this tenant.
 */
export async function nextNumber(
  statements: Together,
  tenant: TenantId,
  counter: "last_plan" | "last_audit",
): Promise<number> {
  await statements
    .insertInto("tenants")
    .values({ tenant_id: tenant, last_plan: 0, last_audit: 0 })
    .onConflict((conflict) => conflict.column("tenant_id").doNothing())
    .execute();
  const row = await statements
    .updateTable("tenants")
    .set((expression) => ({ [counter]: expression(counter, "+", 1) }))
    .where("tenant_id", "=", tenant)
    .returning(counter)
    .executeTakeFirstOrThrow();
  return row[counter];
}
