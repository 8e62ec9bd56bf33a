import type { Coverage } from "./impact.js";

/** Whether a person who registered a passkey lately may be missing from the scan. */
export function reportLags({ path, recentIncluded }: Pick<Coverage, "path" | "recentIncluded">): boolean {
  return path === "report" && !recentIncluded;
}
