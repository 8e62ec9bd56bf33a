import { type Plan, writeOf } from "../plan/plan.js";

/** A write that was on its way this long ago, in milliseconds, has arrived or never will. */
const IN_FLIGHT = 30_000;

/** Whether what this plan sent may still arrive. @param plan in state applying or unknown */
export function mayStillArrive(plan: Plan, now: Date): boolean {
  return now.getTime() - Date.parse(writeOf(plan).at) < IN_FLIGHT;
}
