import type { TenantId } from "../person.js";
import type { Inventory } from "./inventory.js";
import type { Scan } from "./scan.js";

/** What is left of a scan that has finished. */
export function asItEnded(inventory: Inventory, { tenantId }: { readonly tenantId: TenantId }): Scan {
  const { scanId, kind, startedAt, fullSince, path, methods } = inventory;
  const { recentIncluded, askers, begunBy, changesSince } = inventory;
  return {
    tenantId,
    scanId,
    kind,
    startedAt,
    fullSince,
    changesSince,
    askers,
    ...(begunBy === undefined ? {} : { begunBy }),
    path,
    listing: { step: "done" },
    methods,
    recentIncluded,
    interruptions: 0,
  };
}
