import { hashedText, seal } from "../../src/core/audit/chain.js";
import type { AuditRecord } from "../../src/core/audit/record.js";
import type { TenantId } from "../../src/core/person.js";
import type { Database } from "../../src/storage/engine/database.js";
import { migrate } from "../../src/storage/migrations/migrate.js";
import { toRow } from "../../src/storage/plans/plan-row.js";
import type { Tables, Together } from "../../src/storage/schema.js";
import { oldPlan, waitingDraft } from "./old-plan.js";
import { sampleProposal } from "./sample-proposal.js";

/** As many rows as a statement takes, with the fewest parameters that the engines allow. */
const ROWS = 1_000;
/** Plans in one transaction. */
const TOGETHER = 5_000;
/** One plan every five minutes, until a day ago. */
const APART_MS = 300_000;
const DAY_MS = 86_400_000;
/** Places where each plan's card stood. */
const COPIES = 2;

/** What was put into the store. */
export interface Filled {
  readonly plans: number;
  readonly records: number;
  readonly seconds: number;
}

/**
 * Fills a new store with plans that were decided long ago, with their records, in a chain that is good, and with
 * where their cards were posted: straight into the tables, because through the store it would take hours.
 */
export async function fillStore(database: Database, tenant: TenantId, plans: number): Promise<Filled> {
  const startedAt = performance.now();
  await migrate(database);
  const proposal = await sampleProposal(40);
  const first = Date.now() - DAY_MS - plans * APART_MS;
  let last: AuditRecord | undefined;
  for (let from = 1; from <= plans; from += TOGETHER) {
    const rows: Rows = { plans: [], audit: [], postings: [] };
    for (let number = from; number < from + TOGETHER && number <= plans; number += 1) {
      const draft = waitingDraft(tenant, proposal, new Date(first + number * APART_MS));
      const { plan, records } = oldPlan(draft, number);
      rows.plans.push(toRow(plan));
      for (const entry of records) {
        last = seal(entry, last);
        const { hash, sequence } = last;
        const body = hashedText(last);
        rows.audit.push({ tenant_id: tenant, sequence, hash, body, plan_number: number });
      }
      for (let copy = 1; copy <= COPIES; copy += 1) {
        rows.postings.push({
          tenant_id: tenant,
          kind: "plan",
          card_id: String(number),
          conversation_id: `old-${copy}`,
          message_id: `${number}-${copy}`,
          version: plan.version,
          poster: "",
          tries: 0,
          done_at: new Date(first + number * APART_MS).toISOString(),
        });
      }
    }
    await database.together("filling the store", (statements) => insertAll(statements, rows));
  }
  const records = last?.sequence ?? 0;
  await database.together("filling the store", async (statements) => {
    const row = {
      tenant_id: tenant,
      last_plan: plans,
      last_audit: records,
      last_drift: 0,
      installation: "bench",
    };
    await statements.insertInto("tenants").values(row).execute();
  });
  return { plans, records, seconds: (performance.now() - startedAt) / 1000 };
}

interface Rows {
  readonly plans: Tables["plans"][];
  readonly audit: Tables["audit"][];
  readonly postings: Tables["postings"][];
}

async function insertAll(statements: Together, rows: Rows): Promise<void> {
  for (const some of inPieces(rows.plans)) await statements.insertInto("plans").values(some).execute();
  for (const some of inPieces(rows.audit)) await statements.insertInto("audit").values(some).execute();
  for (const some of inPieces(rows.postings)) await statements.insertInto("postings").values(some).execute();
}

function* inPieces<T>(all: readonly T[]): Iterable<T[]> {
  for (let from = 0; from < all.length; from += ROWS) yield all.slice(from, from + ROWS);
}
