import { z } from "zod";
import { CHAIN_START, hashedText, seal } from "../../core/audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../core/audit/record.js";
import type { TenantId } from "../../core/person.js";
import type { AuditLog } from "../../core/stores.js";
import { type Database, storeFault } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { nextNumber } from "../numbering.js";
import type { Together } from "../schema.js";

/** The record of what was asked, decided and done, one hash chain a tenant. Only ever added to. */
export function createAuditLog(database: Database): AuditLog {
  return {
    append: (entry) =>
      database.together("adding to the audit log", (statements) => record(statements, entry)),
    read: (tenant, options = {}) =>
      database.run("reading the audit log", async (queries) => {
        const rows = await queries
          .selectFrom("audit")
          .selectAll()
          .where("tenant_id", "=", tenant)
          .where("sequence", ">=", options.fromSequence ?? 1)
          .$if(options.planNumber !== undefined, (query) =>
            query.where("plan_number", "=", options.planNumber ?? null),
          )
          .orderBy("sequence")
          .limit(options.limit ?? 1000)
          .execute();
        return rows.map(toRecord);
      }),
    head: (tenant) =>
      database.run("reading the end of the audit log", async (queries) => {
        const row = await queries
          .selectFrom("audit")
          .select(["sequence", "hash"])
          .where("tenant_id", "=", tenant)
          .orderBy("sequence", "desc")
          .limit(1)
          .executeTakeFirst();
        return row ?? CHAIN_START;
      }),
  };
}

/** Seals an entry onto its tenant's chain, as part of a transaction that does more. */
export async function record(statements: Together, entry: AuditEntry): Promise<AuditRecord> {
  const sequence = await nextNumber(statements, entry.tenantId, "last_audit");
  const sealed = seal(entry, await recordBefore(statements, entry.tenantId, sequence));
  const { hash, tenantId, sequence: at, planNumber = null } = sealed;
  await statements
    .insertInto("audit")
    .values({ tenant_id: tenantId, sequence: at, hash, body: hashedText(sealed), plan_number: planNumber })
    .execute();
  return sealed;
}

/** Seals entries in order. */
export async function recordAll(
  statements: Together,
  entries: readonly AuditEntry[],
): Promise<readonly AuditRecord[]> {
  const records: AuditRecord[] = [];
  for (const entry of entries) records.push(await record(statements, entry));
  return records;
}

async function recordBefore(
  statements: Together,
  tenant: TenantId,
  sequence: number,
): Promise<AuditRecord | undefined> {
  if (sequence === 1) return undefined;
  const row = await statements
    .selectFrom("audit")
    .selectAll()
    .where("tenant_id", "=", tenant)
    .where("sequence", "=", sequence - 1)
    .executeTakeFirst();
  // The end of the chain was removed. To go on as if nothing were missing would hide it.
  if (row === undefined) throw storeFault("adding to the audit log", `record ${sequence - 1} is missing`);
  return toRecord(row);
}

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
