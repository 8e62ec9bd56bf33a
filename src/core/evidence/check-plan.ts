import { textHash } from "../audit/chain.js";
import { canonicalJson, type Json } from "../json.js";
import { type Plan, summaryOf } from "../plan/plan.js";

/** A plan as it lies in the store. */
export interface StoredPlan {
  readonly number: number;
  readonly version: number;
  readonly state: string;
  readonly body: string;
  readonly expiresAt: string;
  readonly summary: string;
}

/** The last record that was stored together with a plan. */
export interface PlanMark {
  readonly sequence: number;
  /** Of the plan's row, as it was stored then. */
  readonly planHash: string;
}

/** What is wrong with a plan, judged by the record. */
export type PlanFinding =
  /** Plans of these numbers are not there, and the record speaks of them, or their numbers were given out. */
  | { readonly kind: "plans-missing"; readonly from: number; readonly to: number }
  | { readonly kind: "plan-without-record"; readonly planNumber: number }
  /** It is not as it was stored together with that record. */
  | { readonly kind: "plan-edited"; readonly planNumber: number; readonly sequence: number };

/** Compares a plan with the last record that was stored together with it. undefined: they agree. */
export function checkPlan(plan: StoredPlan, mark: PlanMark | undefined): PlanFinding | undefined {
  const planNumber = plan.number;
  if (mark === undefined) return { kind: "plan-without-record", planNumber };
  const isAsStored = columnsAgree(plan) && textHash(plan.body) === mark.planHash;
  return isAsStored ? undefined : { kind: "plan-edited", planNumber, sequence: mark.sequence };
}

/** Whether what stands beside the plan, to find and to list it, says the same as the plan. */
function columnsAgree({ number, version, state, body, expiresAt, summary }: StoredPlan): boolean {
  try {
    const plan: Plan = JSON.parse(body);
    if (plan.number !== number || plan.version !== version || plan.state.kind !== state) return false;
    return plan.expiresAt === expiresAt && canonical(JSON.parse(summary)) === canonical(summaryOf(plan));
  } catch {
    return false; // No plan any more: it was edited.
  }
}

function canonical(value: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
}
