import type { Instant, TenantId } from "../../core/person.js";
import type { Together } from "../schema.js";

/** Finished scans that are kept: a caller may still be reading the one before the latest. */
const SCANS_KEPT = 2;

/** When the scan ended, for the order of scans: later than those before it, wherever the clock went meanwhile. */
export async function endOf(statements: Together, tenant: TenantId, finishedAt: Instant): Promise<Instant> {
  const row = await statements
    .selectFrom("scans")
    .select((scans) => scans.fn.max("finished_at").as("last"))
    .where("tenant_id", "=", tenant)
    .where("state", "=", "finished")
    .executeTakeFirst();
  const last = row?.last ?? "";
  return finishedAt > last ? finishedAt : new Date(Date.parse(last) + 1).toISOString();
}

/** Keeps the latest ones: a finished scan that was shown before can still be read, and the next one built on it. */
export async function dropOldScans(statements: Together, tenant: TenantId): Promise<void> {
  const rows = await statements
    .selectFrom("scans")
    .select("scan_id")
    .where("tenant_id", "=", tenant)
    .where("state", "=", "finished")
    .orderBy("finished_at", "desc")
    .execute();
  const ids = rows.map((row) => row.scan_id);
  await dropScans(statements, tenant, ids.slice(SCANS_KEPT));
}

/** Removes scans with their people. */
export async function dropScans(
  statements: Together,
  tenant: TenantId,
  scanIds: readonly string[],
): Promise<void> {
  if (scanIds.length === 0) return;
  for (const table of ["scan_people", "scans"] as const) {
    await statements
      .deleteFrom(table)
      .where("tenant_id", "=", tenant)
      .where("scan_id", "in", scanIds)
      .execute();
  }
}
