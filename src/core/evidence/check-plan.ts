import { isStoredAs, type StoredPlan } from "../plan/recorded/stored-plan.js";

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
  return isStoredAs(plan, mark.planHash)
    ? undefined
    : { kind: "plan-edited", planNumber, sequence: mark.sequence };
}
