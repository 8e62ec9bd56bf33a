import { type Refusal, refuse } from "../../errors.js";
import type { TenantId } from "../../person.js";
import type { Ports } from "../../ports.js";
import { isAsReadFromPeople, isAsRecorded } from "../../scan/as-recorded.js";
import type { Inventory } from "../../scan/inventory.js";
import type { Plan } from "../plan.js";

type ScanPorts = Pick<Ports, "audit" | "scans" | "log" | "metrics">;

/**
 * A plan is about to be made of a scan: what the scan says of itself has to be what was recorded when it ended. Its
 * people are compared with it as they are read. A scan of an earlier version has no record.
 */
export async function refuseAlteredScan(
  ports: ScanPorts,
  tenantId: TenantId,
  inventory: Inventory,
): Promise<Refusal | undefined> {
  if (inventory.recordedAs === undefined) return undefined;
  const isKnown = await isAsRecorded(ports, tenantId, inventory);
  if (isKnown && (await isNewestThere(ports, tenantId, inventory.recordedAs))) return undefined;
  return refused(ports, inventory.scanId);
}

/**
 * A plan is about to be approved: the scan that it rests on, as long as it is kept, has to be the one it was made of,
 * down to each person. One that is gone is replaced by a newer one, on which a plan that narrows is made anew.
 */
export async function refuseOnAlteredScan(ports: ScanPorts, plan: Plan): Promise<Refusal | undefined> {
  const { scanId, recordedAs, peopleHash } = plan.proposal.impact.coverage;
  if (recordedAs === undefined) return undefined;
  if (!(await isNewestThere(ports, plan.tenantId, recordedAs))) return refused(ports, scanId, plan.number);
  const inventory = await ports.scans.finished(plan.tenantId, scanId);
  if (inventory === undefined) return undefined;
  const isTheSame = inventory.recordedAs === recordedAs && inventory.peopleHash === peopleHash;
  if (isTheSame && (await isAsReadFromPeople(ports, plan.tenantId, inventory))) return undefined;
  return refused(ports, scanId, plan.number);
}

/**
 * Whether the newest scan in the store is the newest on record: where that was removed, an older one that knows less would
 * stand for it.
 * @param recordedAs of the scan that is rested on
 */
async function isNewestThere(
  { audit, scans }: Pick<Ports, "audit" | "scans">,
  tenantId: TenantId,
  recordedAs: number,
): Promise<boolean> {
  const last = await audit.lastOf(tenantId, "scan-finished", recordedAs);
  if (last === undefined) return true;
  // Read afterwards: a scan that ends meanwhile is one more, and not one less.
  const newest = await scans.latest(tenantId);
  return (newest?.recordedAs ?? 0) >= last;
}

function refused({ log, metrics }: ScanPorts, scan: string, planNumber?: number): Refusal {
  log.error("scan-altered", { scan, ...(planNumber === undefined ? {} : { plan: planNumber }) });
  metrics.planAltered();
  return refuse({ code: "scan-altered", ...(planNumber === undefined ? {} : { planNumber }) });
}
