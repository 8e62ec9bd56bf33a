import type { Coverage } from "./impact.js";

/** Enabled accounts for which Entra's report has no row: whether these people have passkeys no scan by it can know. */
export interface LeftOut {
  readonly rows: number;
  readonly enabled: number;
  /** How many more accounts there are than rows; 0 when none. */
  readonly missing: number;
}

/** undefined: the report was not what the scan went by, or one of the two was not counted. */
export function leftOut({
  path,
  accounts,
  reportRows,
}: Pick<Coverage, "path" | "accounts" | "reportRows">): LeftOut | undefined {
  if (path !== "report" || accounts === undefined || reportRows === undefined) return undefined;
  const { enabled } = accounts;
  return { rows: reportRows, enabled, missing: Math.max(0, enabled - reportRows) };
}
