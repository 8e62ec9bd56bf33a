import { textHash } from "../../core/audit/chain.js";
import type { Plan, PlanDraft } from "../../core/plan/plan.js";
import type { Some, UnnumberedEntry } from "../../core/stores/plan-store.js";
import type { Recorder } from "../audit/recorder.js";
import { keptQuery } from "../engine/kept-query.js";
import { numbered } from "../numbering.js";
import type { Tables, Together } from "../schema.js";
import { toRow } from "./plan-row.js";

/** A transaction, and what writes the record in it. */
export interface Writing {
  readonly statements: Together;
  readonly recorder: Recorder;
}

/** Numbers and stores a new plan together with its records. */
export async function insertPlan(
  { statements, recorder }: Writing,
  draft: PlanDraft,
  records: Some<UnnumberedEntry>,
): Promise<Plan> {
  const { number, installation } = await numbered(statements, draft.tenantId, "last_plan");
  const plan: Plan = { ...draft, number, version: 1, installation };
  const row = toRow(plan);
  await inserting(statements, row);
  const planHash = textHash(row.body);
  await recorder.recordAll(
    statements,
    records.map((entry) => ({ ...entry, planNumber: number, planHash })),
  );
  return plan;
}

const inserting = keptQuery((queries, row: Tables["plans"]) => {
  const { tenant_id, number, version, state, body, expires_at, summary } = row;
  return queries.insertInto("plans").values({ tenant_id, number, version, state, body, expires_at, summary });
});
