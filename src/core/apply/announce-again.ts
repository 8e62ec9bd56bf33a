import type { Inventory } from "../inventory/inventory.js";
import type { Scan } from "../inventory/scan.js";
import type { Ports, Rules } from "../ports.js";

/**
 * Shows once more what may not have been shown before the last stop: the plans that are open, and the end of the
 * latest scan. A card that is there already is drawn once more.
 */
export async function announceAgain(
  ports: Pick<Ports, "plans" | "scans" | "announcer">,
  rules: Pick<Rules, "tenantId">,
): Promise<void> {
  for (const plan of await ports.plans.open(rules.tenantId)) await ports.announcer.planChanged(plan);
  const inventory = await ports.scans.latest(rules.tenantId);
  if (inventory === undefined) return;
  await ports.announcer.scanChanged({ kind: "finished", scan: asItEnded(inventory, rules), inventory });
}

/** What is left of a scan that has finished. */
function asItEnded(inventory: Inventory, { tenantId }: Pick<Rules, "tenantId">): Scan {
  const { scanId, kind, startedAt, fullSince, path, methods, recentIncluded, askers = [] } = inventory;
  return {
    tenantId,
    scanId,
    kind,
    startedAt,
    fullSince,
    changesSince: inventory.changesSince ?? startedAt,
    askers,
    path,
    listing: { step: "done" },
    methods,
    recentIncluded,
    interruptions: 0,
  };
}
