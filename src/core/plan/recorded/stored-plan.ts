import { textHash } from "../../audit/chain.js";
import { canonicalJson, type Json } from "../../json.js";
import { type Plan, summaryOf } from "../plan.js";

/** A plan as it lies in the store. */
export interface StoredPlan {
  readonly number: number;
  readonly version: number;
  readonly state: string;
  readonly body: string;
  readonly expiresAt: string;
  readonly summary: string;
}

/** Whether the row is the one that was stored with a record that has this hash, with nothing beside it that says otherwise. */
export function isStoredAs(stored: StoredPlan, planHash: string): boolean {
  return textHash(stored.body) === planHash && columnsAgree(stored);
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

/** Any value as the canonical text of the JSON it is stored as, without members that are undefined. */
export function canonical(value: unknown): string {
  const stored: Json = JSON.parse(JSON.stringify(value));
  return canonicalJson(stored);
}
