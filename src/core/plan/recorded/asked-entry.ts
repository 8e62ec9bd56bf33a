import { textHash } from "../../audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../audit/record.js";
import type { JsonObject } from "../../json.js";
import type { Instant, TenantId } from "../../person.js";
import type { DeferredChange } from "../../stores.js";
import { canonical } from "./stored-plan.js";

/** What is recorded when a change that was asked for has to wait for a scan: who asked, where, and a hash over all of it. */
export function askedEntry(waiting: DeferredChange): AuditEntry {
  const { tenantId, askedAt: at, person: by, conversation } = waiting;
  return { tenantId, at, event: "change-asked", by, conversation, detail: { asked: hashOf(waiting) } };
}

/**
 * What is recorded when it is dropped after a restore.
 * @param recordedAs number of its record, where it has one: no plan is made of that request afterwards
 */
export function droppedEntry(tenantId: TenantId, recordedAs: number | undefined, at: Instant): AuditEntry {
  const waited = recordedAs === undefined ? {} : { waitedSince: recordedAs };
  return { tenantId, at, event: "change-dropped", detail: { ...waited, why: "store-restored" } };
}

/** What is recorded when it was answered and no plan has its number: so it is not answered again if it is put back. */
export function answeredEntry(waiting: DeferredChange, at: Instant, answer: JsonObject): AuditEntry {
  const { tenantId, conversation, recordedAs: waitedSince = 0 } = waiting;
  return { tenantId, at, event: "change-answered", conversation, detail: { waitedSince, ...answer } };
}

/** Whether this is the record of what waits, and was made of nothing else. */
export function isRecordOfAsked(record: AuditRecord | undefined, waiting: DeferredChange): boolean {
  if (record?.event !== "change-asked" || record.sequence !== waiting.recordedAs) return false;
  return record.tenantId === waiting.tenantId && record.detail.asked === hashOf(waiting);
}

function hashOf({ recordedAs: _, ...asked }: DeferredChange): string {
  return textHash(canonical(Object.entries(asked).sort()));
}
