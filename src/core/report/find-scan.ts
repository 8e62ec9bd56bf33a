import type { Inventory } from "../inventory/inventory.js";
import type { Ports, Rules } from "../ports.js";

/** A finished scan that is still kept: the latest, or the one with this id. */
export async function findScan(
  ports: Pick<Ports, "scans">,
  rules: Pick<Rules, "tenantId">,
  scanId?: string,
): Promise<Inventory | undefined> {
  const latest = await ports.scans.latest(rules.tenantId);
  if (scanId === undefined || latest?.scanId === scanId) return latest;
  const complete = await ports.scans.latestComplete(rules.tenantId);
  return complete?.scanId === scanId ? complete : undefined;
}

/** Nothing to report on: nobody's passkeys were read yet, or the scan asked for is no longer kept. */
export interface NoScan {
  readonly kind: "no-scan";
}
export const NO_SCAN: NoScan = { kind: "no-scan" };
