import { z } from "zod";
import type { AuditRecord } from "../../core/audit/record.js";
import { parseStored } from "../engine/stored-json.js";

const storedRecord = z.looseObject({
  tenantId: z.string(),
  sequence: z.number(),
  previousHash: z.string(),
  at: z.string(),
  event: z.string(),
  detail: z.looseObject({}),
});

/** As it is stored, edited or not: whether it still matches its hash is for `verifyChain` to say. */
export function toRecord(row: {
  tenant_id: string;
  sequence: number;
  hash: string;
  body: string;
}): AuditRecord {
  const body = parseStored(`audit record ${row.sequence}`, storedRecord, row.body);
  return { ...(body as unknown as AuditRecord), hash: row.hash };
}
