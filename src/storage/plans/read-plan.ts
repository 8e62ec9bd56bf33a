import type { TenantId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import { keptQuery } from "../engine/kept-query.js";
import type { Queries } from "../schema.js";
import { toPlan } from "./plan-row.js";

/** The plan as it is stored now. @throws Fault `store-altered` when it cannot be read as a plan */
export async function readPlan(
  queries: Queries,
  tenant: TenantId,
  number: number,
): Promise<Plan | undefined> {
  const [row] = (await planBy(queries, { tenant, number })).rows;
  return row && toPlan(row);
}

const planBy = keptQuery(
  (queries, { tenant, number }: { readonly tenant: TenantId; readonly number: number }) =>
    queries.selectFrom("plans").selectAll().where("tenant_id", "=", tenant).where("number", "=", number),
);
