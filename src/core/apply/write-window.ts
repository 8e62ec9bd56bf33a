import { isPutOff, type Plan, type PlanState } from "../plan/plan.js";
import { isWithin, type Moment } from "../ports/moment.js";
import type { Ports } from "../ports.js";

// A request that was sent cannot be called back, so three times hold its life together (docs/adr/0025). The process that
// recorded the intent sends within SEND_WITHIN_MS or not at all. What was sent has arrived after ANSWER_WITHIN_MS, when
// that process hangs up, or never will. A process calls a write lost only IN_FLIGHT_MS after its plan became unknown,
// which is never earlier than the intent: SEND_WITHIN_MS + ANSWER_WITHIN_MS < IN_FLIGHT_MS.

/** From recording the intent to sending it. Less than the silence after which a process is taken for gone. */
export const SEND_WITHIN_MS = 8_000;
/** What comes between the last reading of the policy and the PATCH; the reading is given the rest. */
const AFTER_THE_READING_MS = 1_000;
/** How long the PATCH waits for its answer before the connection is closed. */
export const ANSWER_WITHIN_MS = 20_000;
/** How long after a process lost sight of a write it may still arrive. */
export const IN_FLIGHT_MS = 30_000;

/** How much the clocks of two machines may differ: added where one reads a time that another wrote. */
const CLOCKS_DIFFER_MS = 10_000;

/** How long a reading may take that comes between the intent and sending it, in milliseconds. */
export function readingWithinMs(intended: Moment, current: Moment): number {
  const passed = Math.max(current.now - intended.now, current.elapsed - intended.elapsed);
  return Math.max(1, SEND_WITHIN_MS - AFTER_THE_READING_MS - passed);
}

/** Whether a write that was intended then may be sent now; not when either clock says that it is late, or jumped back. */
export function maySend(intended: Moment, current: Moment): boolean {
  return isWithin(SEND_WITHIN_MS, intended, current);
}

/**
 * Whether what this plan sent may still arrive. While it is applying, it may not even be on its way yet; while it is put
 * off, it is sure that nothing is.
 */
export function mayStillArrive({ clock, replicas }: Pick<Ports, "clock" | "replicas">, plan: Plan): boolean {
  const { state } = plan;
  if (state.kind === "applying") return !isPutOff(plan);
  if (state.kind !== "unknown") return false;
  const { at, lostSight } = state;
  if (lostSight.replica === replicas.self) return clock.elapsed() - lostSight.elapsed < IN_FLIGHT_MS;
  return clock.now().getTime() - Date.parse(at) < IN_FLIGHT_MS + CLOCKS_DIFFER_MS;
}

/** Whether another process lost sight of a write at a time that is still to come, by more than clocks may differ. */
export function isFromTheFuture(
  { clock, replicas }: Pick<Ports, "clock" | "replicas">,
  { at, lostSight }: Extract<PlanState, { kind: "unknown" }>,
): boolean {
  if (lostSight.replica === replicas.self) return false;
  return Date.parse(at) - clock.now().getTime() > CLOCKS_DIFFER_MS;
}
