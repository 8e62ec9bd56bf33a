import type { PlanDecision } from "../ports/metrics.js";
import type { Ports } from "../ports.js";
import type { Plan, PlanStateKind } from "./plan.js";

/** What became of a plan that waited, in the state it went to. */
const DECISIONS: Partial<Readonly<Record<PlanStateKind, PlanDecision>>> = {
  applying: "approved",
  rejected: "rejected",
  cancelled: "cancelled",
  expired: "expired",
  superseded: "superseded",
};

/**
 * Counts a plan that was stored: that it came into its state, and how long its revision had waited for that.
 * @param before as it was; undefined: it is new
 */
export function countChange(
  { metrics, clock }: Pick<Ports, "metrics" | "clock">,
  before: Plan | undefined,
  after: Plan,
): void {
  const { kind } = after.state;
  if (before?.state.kind === kind && before.revision === after.revision) return;
  metrics.planStored(kind);
  const decision = DECISIONS[kind];
  if (before?.state.kind !== "waiting" || decision === undefined) return;
  const waited = clock.now().getTime() - Date.parse(shownAt(before));
  // The clock may have been set back.
  metrics.planDecided(decision, Math.max(0, waited / 1000));
}

/** Since when the plan has been waiting as it is: a note came with what it says. */
function shownAt({ note, createdAt }: Plan): string {
  return note?.at ?? createdAt;
}
