import { type Refusal, refuse } from "../../errors.js";
import type { TenantId } from "../../person.js";
import type { Ports } from "../../ports.js";
import type { Inventory } from "../../scan/inventory.js";
import { hashPeople } from "../../scan/people-hash.js";
import { isRecordOf } from "../../scan/scan-entry.js";
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
  if (await isAsRecorded(ports, tenantId, inventory)) return undefined;
  return refused(ports, inventory.scanId);
}

/**
 * A plan is about to be approved: the scan that it rests on, as long as it is kept, has to be the one it was made of,
 * down to each person. One that is gone is replaced by a newer one, on which a plan that narrows is made anew.
 */
export async function refuseOnAlteredScan(ports: ScanPorts, plan: Plan): Promise<Refusal | undefined> {
  const { scanId, recordedAs, peopleHash } = plan.proposal.impact.coverage;
  if (recordedAs === undefined) return undefined;
  const inventory = await ports.scans.finished(plan.tenantId, scanId);
  if (inventory === undefined) return undefined;
  const isTheSame = inventory.recordedAs === recordedAs && inventory.peopleHash === peopleHash;
  if (isTheSame && (await isAsRecorded(ports, plan.tenantId, inventory))) {
    const now = await hashPeople(ports.scans.keyholders(plan.tenantId, scanId));
    if (now === peopleHash) return undefined;
  }
  return refused(ports, scanId, plan.number);
}

async function isAsRecorded(
  { audit }: ScanPorts,
  tenantId: TenantId,
  inventory: Inventory,
): Promise<boolean> {
  const fromSequence = inventory.recordedAs ?? 0;
  const [record] = await audit.read(tenantId, { fromSequence, limit: 1 });
  return record !== undefined && audit.isProven(record) && isRecordOf(record, inventory);
}

function refused({ log, metrics }: ScanPorts, scan: string, planNumber?: number): Refusal {
  log.error("scan-altered", { scan, ...(planNumber === undefined ? {} : { plan: planNumber }) });
  metrics.planAltered();
  return refuse({ code: "scan-altered", ...(planNumber === undefined ? {} : { planNumber }) });
}
