import type { Plan } from "../plan/plan.js";

/** A write that we lost sight of this long ago, in milliseconds, has arrived or never will. */
const IN_FLIGHT = 30_000;

/** Whether what this plan sent may still arrive. While it is applying, it may not even be on its way yet. */
export function mayStillArrive(plan: Plan, now: Date): boolean {
  if (plan.state.kind === "applying") return true;
  return plan.state.kind === "unknown" && now.getTime() - Date.parse(plan.state.at) < IN_FLIGHT;
}
