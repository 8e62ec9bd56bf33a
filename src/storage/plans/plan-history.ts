import type { AuditRecord } from "../../core/audit/record.js";
import type { Plan } from "../../core/plan/plan.js";
import type { StoredPlan } from "../../core/plan/recorded/stored-plan.js";
import { toRecord } from "../audit/record-row.js";
import type { Together } from "../schema.js";
import { toPlan } from "./plan-row.js";

type Named = Pick<Plan, "tenantId" | "number">;

/** A plan as it lies there, and what it says. @throws Fault `store-altered` when it cannot be read as a plan */
export async function readStoredPlan(
  statements: Together,
  { tenantId, number }: Named,
): Promise<{ readonly row: StoredPlan; readonly plan: Plan } | undefined> {
  const row = await statements
    .selectFrom("plans")
    .select(["tenant_id", "number", "version", "state", "body", "expires_at as expiresAt", "summary"])
    .where("tenant_id", "=", tenantId)
    .where("number", "=", number)
    .executeTakeFirst();
  return row && { row, plan: toPlan(row) };
}

/** Every record of a plan, in order, as part of a transaction. @throws Fault when one cannot be read */
export async function recordsOf(
  statements: Together,
  { tenantId, number }: Named,
): Promise<readonly AuditRecord[]> {
  const rows = await statements
    .selectFrom("audit")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("plan_number", "=", number)
    .orderBy("sequence")
    .execute();
  return rows.map(toRecord);
}
