import { textHash } from "../../core/audit/chain.js";
import type { AuditEntry } from "../../core/audit/record.js";
import type { Baseline } from "../../core/drift/baseline.js";
import type { Drift } from "../../core/drift/drift.js";
import type { AlteredWatch, WatchAlteration } from "../../core/drift/recorded/watch-trail.js";
import type { TenantId } from "../../core/person.js";
import type { Watched } from "../../core/stores.js";
import type { Together } from "../schema.js";
import type { WatchRecords } from "./watch-records.js";
import { toBaseline, toDrift } from "./watch-row.js";

/**
 * Reads the baseline, and the drift of that number or the open one, and compares both with what is on record. Belongs into
 * a transaction with the tenant's turn taken: what is told stays true in it.
 * @throws Fault `store-altered` for what makes no sense by itself
 */
export async function readRecorded(
  records: WatchRecords,
  statements: Together,
  tenant: TenantId,
  driftNumber?: number,
): Promise<Watched | AlteredWatch> {
  const trail = await records.of(statements, tenant);
  if (trail === undefined) return altered("record");
  const baselines = statements.selectFrom("baselines").selectAll().where("tenant_id", "=", tenant);
  const baseline = await baselines.executeTakeFirst();
  const whyNot = trail.whyNotBaseline(baseline);
  if (whyNot !== undefined) return altered(whyNot);
  // The column that says which one is open could be edited to bring another one, or none.
  const [open = driftNumber] = driftNumber === undefined ? trail.open : [];
  const drifts = statements.selectFrom("drifts").selectAll().where("tenant_id", "=", tenant);
  const drift =
    open === undefined
      ? await drifts.where("state", "=", "open").limit(1).executeTakeFirst()
      : await drifts.where("number", "=", open).executeTakeFirst();
  if (drift === undefined && open !== undefined && trail.drifts.includes(open))
    return altered("missing", open);
  const why = drift && trail.whyNotDrift(drift);
  if (drift !== undefined && why !== undefined) return altered(why, drift.number);
  // An earlier version may have ended it without a record of that.
  const isMeant = driftNumber !== undefined || drift?.state === "open";
  return {
    kind: "as-recorded",
    baseline: baseline && toBaseline(baseline),
    drift: drift && isMeant ? toDrift(drift) : undefined,
  };
}

function altered(why: WatchAlteration, driftNumber?: number): AlteredWatch {
  return { kind: "altered", ...(driftNumber === undefined ? {} : { driftNumber }), why };
}

/** The entries of a change of the watch, each with the hash of what is stored together with it. */
export function withHashes(
  entries: readonly AuditEntry[],
  { drift, baseline }: { readonly drift?: Drift | undefined; readonly baseline?: Baseline | undefined },
): readonly AuditEntry[] {
  return entries.map((entry) => {
    if (entry.event === "baseline-set")
      return baseline === undefined ? entry : { ...entry, baselineHash: bodyHash(baseline) };
    return drift === undefined ? entry : { ...entry, driftNumber: drift.number, driftHash: bodyHash(drift) };
  });
}

/** As the rows have them. */
const bodyHash = (body: Drift | Baseline): string => textHash(JSON.stringify(body));
