import type { Instant } from "../person.js";
import { isWithin, type Moment } from "../ports/moment.js";

/** How long a person who pressed is kept waiting for what Graph puts off, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Between the end of a wait and the PATCH: the policy is read and what decides is looked up again. */
const UNTIL_SENT_MS = 20_000;

/** Whether so long may be waited, counted from the press. */
export function mayWait(waitMs: number, pressed: Moment, current: Moment): boolean {
  return isWithin(PATIENCE_MS - waitMs, pressed, current);
}

/** Whether there is time left for a write after a wait; `undefined` ends at no time that is known. */
export function leavesTime(waitMs: number, current: Moment, ends: readonly (Instant | undefined)[]): boolean {
  const sent = current.now + waitMs + UNTIL_SENT_MS;
  return ends.every((end) => end === undefined || sent < Date.parse(end));
}
