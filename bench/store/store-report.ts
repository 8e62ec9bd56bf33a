import { median, percentile } from "../percentiles.js";
import { figure, table } from "../table.js";
import type { Target } from "../target.js";
import { OPERATIONS, type StoreTimes } from "./measure-store.js";

/** What was measured on one engine: a store with few plans, then one with many. */
export interface EngineTimes {
  readonly engine: string;
  readonly few: number;
  readonly many: number;
  readonly times: StoreTimes;
}

/** The most that a store with many plans may take, as against one with few. */
const GROWTH = 1.2;

export function storeTable({ engine, few, many, times }: EngineTimes): string {
  const rows = OPERATIONS.map((operation) => {
    const [small = [], large = []] = times[operation];
    return [
      operation,
      figure(small.length),
      ...[small, large].flatMap((all) => [median(all), percentile(all, 0.99)].map((ms) => figure(ms, 2))),
      figure(median(large) / median(small), 2),
    ];
  });
  const head = [engine, "times", `p50, ${figure(few)}`, "p99", `p50, ${figure(many)}`, "p99", "ratio"];
  return table(head, rows);
}

export function storeTargets({ engine, few, many, times }: EngineTimes): readonly Target[] {
  return OPERATIONS.map((operation) => {
    const [small = [], large = []] = times[operation];
    return {
      about: `of the median time with ${figure(few)} plans: ${operation} with ${figure(many)}, ${engine}`,
      is: median(large) / median(small),
      bound: { atMost: GROWTH },
      unit: "x",
    };
  });
}
