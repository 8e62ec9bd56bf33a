import { isSealed } from "../../audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../audit/record.js";
import type { Plan } from "../plan.js";
import { PlanTrail, type Unlike } from "./plan-trail.js";
import { canonical, isStoredAs, type StoredPlan } from "./stored-plan.js";

/**
 * In what a stored plan is not what was recorded. `row`: in something that only its hash shows. `record`: one of its
 * records was edited, or cannot be of an honest plan. `no-record`: it has none. `read`: it was something else when
 * the process read it that is about to change it.
 */
export type Alteration = Unlike | "row" | "record" | "no-record" | "read";

/** Compares a stored plan with all of its records, in order. undefined: it is what was recorded. Pure. */
export function whyNotAsRecorded(
  stored: StoredPlan,
  plan: Plan,
  records: readonly AuditRecord[],
): Alteration | undefined {
  const trail = new PlanTrail();
  let planHash: string | undefined;
  for (const record of records) {
    const isIts = record.planNumber === plan.number && record.tenantId === plan.tenantId;
    if (!isIts || !isSealed(record) || trail.take(record) !== undefined) return "record";
    planHash = record.planHash ?? planHash;
  }
  if (planHash === undefined) return "no-record";
  // First by name, so that people are told what was changed; the hash sees everything else.
  return trail.whyNot(plan) ?? (isStoredAs(stored, planHash) ? undefined : "row");
}

/** What happens to a plan while its revision stays the same; with a new one everything may change but these. */
const CHANGES: readonly (keyof Plan)[] = ["state", "approvals", "note", "version"];
const STAYS: readonly (keyof Plan)[] = [
  ...(["tenantId", "number", "command", "intent", "requester", "conversation", "createdAt"] as const),
];

/**
 * Whether a change follows from the plan that is stored, together with what is recorded of it. It was made from what
 * the process had read, and that may have been another thing, put back since. undefined: it does. Pure.
 */
export function whyNotFollowing(
  stored: Plan,
  next: Plan,
  entries: readonly AuditEntry[],
): Alteration | undefined {
  const approved = entries.filter(({ event }) => event === "plan-approved");
  const there = new Set(stored.approvals.map(canonical));
  const isGiven = (approval: Plan["approvals"][number]) =>
    there.has(canonical(approval)) ||
    approved.some(({ by, revision }) => by?.id === approval.by.id && revision === approval.revision);
  const isKept = (name: string) =>
    next.revision === stored.revision
      ? !CHANGES.includes(name as keyof Plan)
      : STAYS.includes(name as keyof Plan);
  const kept = (plan: Plan) =>
    canonical(
      Object.entries(plan)
        .filter(([name]) => isKept(name))
        .sort(),
    );
  return next.approvals.every(isGiven) && kept(stored) === kept(next) ? undefined : "read";
}
