import type { AuditEntry, AuditRecord } from "../audit/record.js";
import { canonicalJson, type JsonObject } from "../json.js";
import type { TenantId } from "../person.js";
import { type Inventory, isComplete } from "./inventory.js";

/** What is recorded when a scan ends: what it read and how much of the tenant, and a hash over its people; no name. */
export function scanEntry(tenantId: TenantId, inventory: Inventory): AuditEntry {
  return { tenantId, at: inventory.finishedAt, event: "scan-finished", detail: scanDetail(inventory) };
}

function scanDetail(inventory: Inventory): JsonObject {
  const { scanId, kind, path, startedAt, finishedAt, fullSince, recentIncluded } = inventory;
  const { asked, carried, keyholders, gone, unreadCount, peopleHash = null } = inventory;
  const { accounts, reportRows, begunBy } = inventory;
  return {
    ...(accounts === undefined ? {} : { accounts: { ...accounts } }),
    ...(reportRows === undefined ? {} : { reportRows }),
    ...(begunBy === undefined ? {} : { begunBy }),
    ...{ scan: scanId, kind, path, startedAt, finishedAt, fullSince, recentIncluded },
    ...{ complete: isComplete(inventory), asked, carried, keyholders, gone, unread: unreadCount, peopleHash },
  };
}

/** Whether this is the record of that scan, and says of it what the store says. */
export function isRecordOf(
  record: Pick<AuditRecord, "event" | "sequence" | "detail">,
  inventory: Inventory,
): boolean {
  if (record.event !== "scan-finished" || record.sequence !== inventory.recordedAs) return false;
  const stored = scanDetail(inventory);
  return Object.entries(record.detail).every(
    ([name, value]) => canonicalJson(stored[name] ?? null) === canonicalJson(value),
  );
}
