import type { StoredRecord } from "../core/evidence/walk-chain.js";
import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../core/json.js";
import type { TenantId } from "../core/person.js";
import type { AuditReader } from "../storage/audit/audit-reader.js";
import type { Output } from "./output.js";

export interface Exporting {
  readonly from: number;
  readonly planNumber?: number;
  readonly tenant?: TenantId;
}

/**
 * Writes records as JSON Lines, tenant by tenant and in order: each with its members in order of name, so that the
 * line without its `hash` is the text the hash is over.
 * @param complain told of a record that is no JSON any more; it has no line
 * @returns whether every record had one
 */
export async function exportRecords(
  reader: AuditReader,
  output: Output,
  complain: (sentence: string) => void,
  { from, planNumber, tenant }: Exporting,
): Promise<boolean> {
  let complete = true;
  for (const { tenantId } of await reader.tenants()) {
    if (tenant !== undefined && tenantId !== tenant) continue;
    for await (const record of reader.records(tenantId, from)) {
      const body = bodyOf(record);
      if (body === undefined) {
        complain(
          `Record ${record.sequence} of tenant ${tenantId} is damaged, so it is left out: say verify.`,
        );
        complete = false;
      } else if (planNumber === undefined || body.planNumber === planNumber) {
        await output.write(`${canonicalJson({ ...body, hash: record.hash })}\n`);
      }
    }
  }
  return complete;
}

/** The record as it was sealed; undefined when it is no JSON object any more. */
export function bodyOf(record: StoredRecord): JsonObject | undefined {
  try {
    const body: Json = JSON.parse(record.body);
    return isJsonObject(body) ? body : undefined;
  } catch {
    return undefined; // Said by the caller, with the number of the record.
  }
}
