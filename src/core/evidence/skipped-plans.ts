import { isJsonObject, type JsonObject } from "../json.js";

/** Numbers of plans, the first and the last of a row. */
export interface PlanRange {
  readonly from: number;
  readonly to: number;
}

/** The numbers that a restore passed over, so that none is given twice; none by every other record. */
export function skippedPlans({ event, detail }: JsonObject): readonly PlanRange[] {
  if (event !== "store-restored" || !isJsonObject(detail) || !isJsonObject(detail.plansSkipped)) return [];
  const { from, to } = detail.plansSkipped;
  return typeof from === "number" && typeof to === "number" ? [{ from, to }] : [];
}

/** What is left of numbers in a row without those that were passed over. */
export function withoutSkipped({ from, to }: PlanRange, skipped: readonly PlanRange[]): readonly PlanRange[] {
  let left: readonly PlanRange[] = [{ from, to }];
  for (const gap of skipped) {
    left = left.flatMap((range) => [
      { from: range.from, to: Math.min(range.to, gap.from - 1) },
      { from: Math.max(range.from, gap.to + 1), to: range.to },
    ]);
  }
  return left.filter((range) => range.from <= range.to);
}
