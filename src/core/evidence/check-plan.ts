import { textHash } from "../audit/chain.js";
import type { AuditEvent } from "../audit/record.js";
import { canonicalJson, isJsonObject, type Json } from "../json.js";
import { type Plan, summaryOf } from "../plan/plan.js";
import { EVENT_FACTS } from "./event-facts.js";

/** A plan as it lies in the store. */
export interface StoredPlan {
  readonly number: number;
  readonly version: number;
  readonly state: string;
  readonly body: string;
  /** Absent, like what follows, in a database that no newer version has opened yet. */
  readonly expiresAt?: string;
  readonly summary?: string;
}

/** The last record that says something about a plan's state. */
export interface PlanMark {
  readonly sequence: number;
  readonly event: AuditEvent;
  /** Absent in records of older versions. */
  readonly planHash?: string;
}

/** What is wrong with a plan, judged by the record. */
export type PlanFinding =
  /** Plans of these numbers are not there, and the record speaks of them, or their numbers were given out. */
  | { readonly kind: "plans-missing"; readonly from: number; readonly to: number }
  | { readonly kind: "plan-without-record"; readonly planNumber: number }
  /** It is not as it was stored together with that record. */
  | { readonly kind: "plan-edited"; readonly planNumber: number; readonly sequence: number }
  /** That record, of an older version, led to another state. */
  | {
      readonly kind: "plan-in-other-state";
      readonly planNumber: number;
      readonly sequence: number;
      readonly event: AuditEvent;
      readonly state: string;
    };

/** Whether a record says in which state its plan is afterwards. */
export function tellsState(event: AuditEvent, detail: Json | undefined): boolean {
  // A sign-in that failed is recorded whatever becomes of the plan meanwhile; only a write that failed opens it again.
  if (event === "attempt-failed" && !(isJsonObject(detail) && "fault" in detail)) return false;
  return statesAfter(event) !== undefined;
}

/** Compares a plan with the last record about it. undefined: they agree. */
export function checkPlan(plan: StoredPlan, mark: PlanMark | undefined): PlanFinding | undefined {
  const planNumber = plan.number;
  if (mark === undefined) return { kind: "plan-without-record", planNumber };
  const { sequence, event, planHash } = mark;
  if (!columnsAgree(plan)) return { kind: "plan-edited", planNumber, sequence };
  if (planHash !== undefined) {
    return textHash(plan.body) === planHash ? undefined : { kind: "plan-edited", planNumber, sequence };
  }
  const states = statesAfter(event);
  return states === undefined || states.includes(plan.state)
    ? undefined
    : { kind: "plan-in-other-state", planNumber, sequence, event, state: plan.state };
}

/** undefined: the record leaves the plan as it is, or is of a newer version. */
function statesAfter(event: string): readonly string[] | undefined {
  return Object.hasOwn(EVENT_FACTS, event) ? EVENT_FACTS[event as AuditEvent].leaves : undefined;
}

/** Whether what stands beside the plan, to find and to list it, says the same as the plan. */
function columnsAgree({ number, version, state, body, expiresAt, summary }: StoredPlan): boolean {
  try {
    const plan: Plan = JSON.parse(body);
    if (plan.number !== number || plan.version !== version || plan.state.kind !== state) return false;
    if (expiresAt !== undefined && plan.expiresAt !== expiresAt) return false;
    return summary === undefined || canonical(JSON.parse(summary)) === canonical(summaryOf(plan));
  } catch {
    return false; // No plan any more: somebody edited it.
  }
}

function canonical(value: unknown): string {
  return canonicalJson(JSON.parse(JSON.stringify(value)) as Json);
}
