import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";

/** A finished scan that is still kept: the latest, or the one with this id. */
export function findScan(
  { scans }: Pick<Ports, "scans">,
  { tenantId }: Pick<Rules, "tenantId">,
  scanId?: string,
): Promise<Inventory | undefined> {
  return scanId === undefined ? scans.latest(tenantId) : scans.finished(tenantId, scanId);
}

/** Nothing to report on: no passkeys were read yet, or the scan asked for is no longer kept. */
export interface NoScan {
  readonly kind: "no-scan";
}
export const NO_SCAN: NoScan = { kind: "no-scan" };
