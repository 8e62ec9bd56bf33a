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

/**
 * Every record of a plan, in order, as part of a transaction. The column that says whose a record is may have been edited
 * to hide one, so what a record says itself counts as well; and none may be missing since the plan's first.
 * @throws Fault when one cannot be read
 */
export async function recordsOf(
  statements: Together,
  { tenantId, number }: Named,
): Promise<readonly AuditRecord[] | "records-missing"> {
  const ofTenant = statements.selectFrom("audit").where("tenant_id", "=", tenantId);
  const { first } = await ofTenant
    .where("plan_number", "=", number)
    .select(({ fn }) => fn.min<number | null>("sequence").as("first"))
    .executeTakeFirstOrThrow();
  if (first === null) return [];
  const since = ofTenant.where("sequence", ">=", first);
  const { present, last } = await since
    .select(({ fn }) => [fn.countAll<number | string>().as("present"), fn.max<number>("sequence").as("last")])
    .executeTakeFirstOrThrow();
  // PostgreSQL counts in text. An end that is missing is noticed when the next record is added.
  if (Number(present) !== last - first + 1) return "records-missing";
  const rows = await since
    .selectAll()
    .where(({ eb, or }) =>
      or([eb("plan_number", "=", number), eb("body", "like", `%"planNumber":${number},"previousHash":%`)]),
    )
    .orderBy("sequence")
    .execute();
  return rows.map(toRecord);
}
