import type { TenantId } from "../../core/person.js";
import {
  isSameRequest,
  mayBeSameRequest,
  OPEN_PLANS_AT_MOST,
  openPlansOf,
} from "../../core/plan/admit-plan.js";
import type { OpenPlanState, Plan, PlanDraft, PlanSummary } from "../../core/plan/plan.js";
import type { Asked, Proposed, Some, UnnumberedEntry } from "../../core/stores/plan-store.js";
import type { FirstIntent } from "../../core/stores.js";
import { keptQuery } from "../engine/kept-query.js";
import { takeTurn } from "../numbering.js";
import { intentRow } from "../postings/posting-row.js";
import type { Together } from "../schema.js";
import { insertPlan, type Writing } from "./insert-plan.js";
import { toSummary } from "./plan-row.js";
import { readPlan } from "./read-plan.js";

/** States in which a plan has still to be decided or settled. */
export const OPEN: readonly OpenPlanState[] = ["waiting", "applying", "unknown"];

/** A new plan, or the one that is there already. Until the transaction ends, no other is made in the tenant. */
export async function proposePlan(
  writing: Writing,
  draft: PlanDraft,
  records: Some<UnnumberedEntry>,
  { deferredId, message, intents = [] }: Asked,
): Promise<Proposed> {
  const { statements } = writing;
  await takeTurn(statements, draft.tenantId);
  await writing.recorder.refusePutBack(statements, draft.tenantId);
  if (deferredId !== undefined && !(await waits(statements, deferredId))) return { kind: "answered" };
  const open = await openPlans(statements, draft.tenantId);
  const plan = (await madeOf(statements, draft, message)) ?? (await sameAs(statements, draft, open));
  if (plan !== undefined) return { kind: "same", plan };
  const planNumbers = openPlansOf(draft, open);
  if (planNumbers.length >= OPEN_PLANS_AT_MOST) return { kind: "too-many", planNumbers };
  if (deferredId !== undefined) {
    await statements.deleteFrom("deferred_changes").where("id", "=", deferredId).execute();
  }
  const made = await insertPlan(writing, draft, records);
  if (message !== undefined) await noteMade(statements, message, made.number);
  await insertIntents(statements, made, intents);
  return { kind: "created", plan: made };
}

async function waits(statements: Together, deferredId: string): Promise<boolean> {
  const query = statements.selectFrom("deferred_changes").select("id").where("id", "=", deferredId);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Without what makes plans large, of which there may be many. */
async function openPlans(statements: Together, tenant: TenantId): Promise<readonly PlanSummary[]> {
  const { rows } = await openBy(statements, { tenant });
  return rows.map(toSummary).sort((a, b) => a.number - b.number);
}

/** The plan that a process which took the message before had made of it. */
async function madeOf(
  statements: Together,
  { tenantId }: PlanDraft,
  message: string | undefined,
): Promise<Plan | undefined> {
  if (message === undefined) return undefined;
  const [row] = (await madeBy(statements, { message })).rows;
  return row?.plan_number == null ? undefined : readPlan(statements, tenantId, row.plan_number);
}

async function sameAs(
  statements: Together,
  draft: PlanDraft,
  open: readonly PlanSummary[],
): Promise<Plan | undefined> {
  for (const { number } of open.filter((summary) => mayBeSameRequest(draft, summary))) {
    const plan = await readPlan(statements, draft.tenantId, number);
    if (plan !== undefined && isSameRequest(draft, plan)) return plan;
  }
  return undefined;
}

async function insertIntents(
  statements: Together,
  { tenantId, number, version }: Plan,
  intents: readonly FirstIntent[],
): Promise<void> {
  if (intents.length === 0) return;
  const card = { tenantId, kind: "plan", id: String(number), version } as const;
  const rows = intents.map((intent) => intentRow({ ...card, ...intent }));
  await statements.insertInto("postings").values(rows).execute();
}

async function noteMade(statements: Together, message: string, number: number): Promise<void> {
  await noting(statements, { message, number });
}

const openBy = keptQuery((queries, { tenant }: Pick<Values, "tenant">) =>
  queries
    .selectFrom("plans")
    .select(["number", "summary"])
    .where("tenant_id", "=", tenant)
    .where("state", "in", OPEN),
);

const madeBy = keptQuery((queries, { message }: Pick<Values, "message">) =>
  queries.selectFrom("taken_messages").select("plan_number").where("message_key", "=", message),
);

const noting = keptQuery((queries, { message, number }: Pick<Values, "message" | "number">) =>
  queries.updateTable("taken_messages").set({ plan_number: number }).where("message_key", "=", message),
);

interface Values {
  readonly tenant: TenantId;
  readonly message: string;
  readonly number: number;
}
