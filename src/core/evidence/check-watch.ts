import type {
  StoredBaseline,
  StoredDrift,
  WatchAlteration,
  WatchTrail,
} from "../drift/recorded/watch-trail.js";

/** What is wrong with the baseline, or with a drift, judged by the record. */
export interface WatchFinding {
  readonly kind: "watch-altered";
  /** Left out: the baseline. */
  readonly driftNumber?: number;
  readonly why: WatchAlteration;
  /** The last record about it; 0 where there is none. */
  readonly sequence: number;
}

/** Compares what the policy is compared with, and every drift there is, with what is on record of them. */
export function checkWatch(
  trail: WatchTrail,
  baseline: StoredBaseline | undefined,
  drifts: readonly StoredDrift[],
): readonly WatchFinding[] {
  const found: WatchFinding[] = [];
  const add = (why: WatchAlteration | undefined, driftNumber?: number) => {
    const number = driftNumber === undefined ? {} : { driftNumber };
    const sequence = trail.lastRecord(driftNumber);
    if (why !== undefined) found.push({ kind: "watch-altered", ...number, why, sequence });
  };
  add(trail.whyNotBaseline(baseline));
  for (const drift of drifts) add(trail.whyNotDrift(drift), drift.number);
  const there = new Set(drifts.map(({ number }) => number));
  for (const number of trail.drifts) if (!there.has(number)) add("missing", number);
  return found;
}
