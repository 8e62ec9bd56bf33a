import type { Clock } from "../ports.js";

/** How far the time of day may be set back between two moments and still be called an adjustment. */
const ADJUSTED_BY_MS = 1_000;

/** One moment by both clocks, in milliseconds: the time of day, which people set, and the one that only grows. */
export interface Moment {
  readonly now: number;
  readonly elapsed: number;
}

/** This moment, as the process sees it. */
export function moment(clock: Pick<Clock, "now" | "elapsed">): Moment {
  return { now: clock.now().getTime(), elapsed: clock.elapsed() };
}

/** Whether less time than this has passed; not when either clock says that it has, or jumped back. */
export function isWithin(limitMs: number, from: Moment, current: Moment): boolean {
  const byDay = current.now - from.now;
  return byDay > -ADJUSTED_BY_MS && byDay < limitMs && current.elapsed - from.elapsed < limitMs;
}
