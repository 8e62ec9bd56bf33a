import { CHAIN_START, type ChainHead } from "../../core/audit/chain.js";
import type { TenantId } from "../../core/person.js";
import type { Queries } from "../schema.js";

/**
 * Whether that end is in the tenant's record. One that was seen may have been undone with its transaction, be gone with a
 * store that was put back, or have been replaced.
 */
export async function isInRecord(
  queries: Queries,
  tenant: TenantId,
  { sequence, hash }: ChainHead,
): Promise<boolean> {
  if (sequence === CHAIN_START.sequence) return true;
  const rows = queries.selectFrom("audit").select("hash").where("tenant_id", "=", tenant);
  const row = await rows.where("sequence", "=", sequence).executeTakeFirst();
  return row?.hash === hash;
}
