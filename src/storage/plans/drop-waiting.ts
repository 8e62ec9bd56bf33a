import type { Instant, TenantId } from "../../core/person.js";
import { droppedEntry } from "../../core/plan/recorded/asked-entry.js";
import { toRecord } from "../audit/record-row.js";
import type { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { takeTurn } from "../numbering.js";
import type { Together } from "../schema.js";

/** Requests that wait no longer: how many, and who asked for those whose record says so. */
export interface Dropped {
  readonly requests: number;
  readonly askers: readonly string[];
}

/** Drops all requests that wait for a scan in a restored store, on record: since the backup they may have been answered. */
export function dropWaiting(
  database: Database,
  recorder: Recorder,
  tenantId: TenantId,
  at: Instant,
): Promise<Dropped> {
  return database.together("dropping what waited for a scan", async (statements) => {
    await takeTurn(statements, tenantId);
    const waiting = statements.selectFrom("deferred_changes").where("tenant_id", "=", tenantId);
    const rows = await waiting.select("body").orderBy("asked_at").orderBy("id").execute();
    const askers = new Set<string>();
    for (const { body } of rows) {
      const recordedAs = recordedAsOf(body);
      const asker = recordedAs === undefined ? undefined : await askerOf(statements, tenantId, recordedAs);
      if (asker !== undefined) askers.add(asker);
      await recorder.record(statements, droppedEntry(tenantId, recordedAs, at));
    }
    await statements.deleteFrom("deferred_changes").where("tenant_id", "=", tenantId).execute();
    return { requests: rows.length, askers: [...askers] };
  });
}

/** Also of a row that is damaged: it is dropped like the others. */
function recordedAsOf(body: string): number | undefined {
  try {
    const { recordedAs }: { readonly recordedAs?: unknown } = JSON.parse(body);
    return Number.isInteger(recordedAs) ? Number(recordedAs) : undefined;
  } catch {
    return undefined;
  }
}

/** By the record, for the row may have been edited. */
async function askerOf(
  statements: Together,
  tenantId: TenantId,
  sequence: number,
): Promise<string | undefined> {
  const records = statements.selectFrom("audit").selectAll().where("tenant_id", "=", tenantId);
  const row = await records.where("sequence", "=", sequence).executeTakeFirst();
  const record = row && toRecord(row);
  return record?.event === "change-asked" ? record.by?.name : undefined;
}
