import type { TenantId } from "../person.js";
import type { Ports } from "../ports.js";
import type { Inventory } from "./inventory.js";
import { hashPeople } from "./people-hash.js";
import { isRecordOf } from "./scan-entry.js";

/** Whether what the scan says of itself is what was recorded when it ended. @throws Fault */
export async function isAsRecorded(
  { audit }: Pick<Ports, "audit">,
  tenantId: TenantId,
  inventory: Inventory,
): Promise<boolean> {
  const fromSequence = inventory.recordedAs ?? 0;
  const [record] = await audit.read(tenantId, { fromSequence, limit: 1 });
  return record !== undefined && audit.isProven(record) && isRecordOf(record, inventory);
}

/** The same down to each person. @throws Fault */
export async function isAsReadFromPeople(
  ports: Pick<Ports, "audit" | "scans">,
  tenantId: TenantId,
  inventory: Inventory,
): Promise<boolean> {
  if (!(await isAsRecorded(ports, tenantId, inventory))) return false;
  return (await hashPeople(ports.scans.keyholders(tenantId, inventory.scanId))) === inventory.peopleHash;
}
