import type { PlanTrail, Unlike } from "../plan/recorded/plan-trail.js";
import { isStoredAs, type StoredPlan } from "../plan/recorded/stored-plan.js";

/** The last record that was stored together with a plan. */
export interface PlanMark {
  readonly sequence: number;
  /** Of the plan's row, as it was stored then. */
  readonly planHash: string;
  /** What the plan's records say of it up to that one. */
  readonly trail: PlanTrail;
}

/** What is wrong with a plan, judged by the record. */
export type PlanFinding =
  /** Plans of these numbers are not there, and the record speaks of them, or their numbers were given out. */
  | { readonly kind: "plans-missing"; readonly from: number; readonly to: number }
  | { readonly kind: "plan-without-record"; readonly planNumber: number }
  /** It is not as it was stored together with that record. */
  | { readonly kind: "plan-edited"; readonly planNumber: number; readonly sequence: number }
  /** It was edited before that record was made, which has sealed the edit; earlier records say otherwise. */
  | {
      readonly kind: "plan-unlike";
      readonly planNumber: number;
      readonly sequence: number;
      readonly what: Unlike;
    };

/** Compares a plan with the last record that was stored together with it. undefined: they agree. */
export function checkPlan(plan: StoredPlan, mark: PlanMark | undefined): PlanFinding | undefined {
  const planNumber = plan.number;
  if (mark === undefined) return { kind: "plan-without-record", planNumber };
  const { sequence, trail } = mark;
  if (!isStoredAs(plan, mark.planHash)) return { kind: "plan-edited", planNumber, sequence };
  const what = trail.whyNot(JSON.parse(plan.body));
  return what && { kind: "plan-unlike", planNumber, sequence, what };
}
