import { Kysely } from "kysely";
import type { StoredBaseline, StoredDrift } from "../../core/drift/recorded/watch-trail.js";
import { Fault } from "../../core/errors.js";
import type { StoredScan } from "../../core/evidence/check-scan.js";
import type { StoredRecord } from "../../core/evidence/walk-chain.js";
import { type TenantId, tenantId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { StoredPlan } from "../../core/plan/recorded/stored-plan.js";
import type { Keyholder } from "../../core/scan/inventory.js";
import { storeFault } from "../engine/database.js";
import type { Engine } from "../engine/engine.js";
import { toPlan } from "../plans/plan-row.js";
import { keyholdersAfter } from "../scans/finished-scans.js";
import { toKeyholder } from "../scans/scan-row.js";
import type { Tables, Together } from "../schema.js";

/** What an auditor needs of the store, all of it as at one moment. Nothing is made sense of: that is for the check. */
export interface AuditReader {
  /** Every tenant that has anything here, with the last numbers given out. */
  tenants(): Promise<readonly StoredTenant[]>;
  /** In order of number. */
  records(tenant: TenantId, from?: number): AsyncIterable<StoredRecord>;
  /** In order of number. */
  plans(tenant: TenantId): AsyncIterable<StoredPlan>;
  /** What the policy is compared with. */
  baseline(tenant: TenantId): Promise<StoredBaseline | undefined>;
  /** Every drift there ever was, in order of number. */
  drifts(tenant: TenantId): Promise<readonly StoredDrift[]>;
  /** Every scan that has finished and is still kept. */
  scans(tenant: TenantId): Promise<readonly StoredScan[]>;
  /** Everybody with a passkey by that scan, in pages, by id. @throws Fault when a row is damaged */
  keyholders(tenant: TenantId, scanId: string): AsyncIterable<readonly Keyholder[]>;
  /** @throws Fault when it is damaged */
  plan(tenant: TenantId, number: number): Promise<Plan | undefined>;
}

export interface StoredTenant {
  readonly tenantId: TenantId;
  readonly lastPlan: number;
  readonly lastRecord: number;
}

/** Thrown by the reader, to read no further: it is handed on as it is, being no failure of the store. */
export class ReadingStopped extends Error {}

/** Records in a page: one may be megabytes. */
const RECORDS_A_PAGE = 50;

/**
 * Lets `work` read in one transaction that writes nothing, and gives the engine back afterwards.
 * @throws Fault when the store cannot be read
 */
export async function readAudit<T>(
  engine: Pick<Engine, "dialect" | "explain" | "release">,
  work: (reader: AuditReader) => Promise<T>,
): Promise<T> {
  const queries = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    return await queries
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute((statements) => work(readerOn(statements)));
  } catch (error) {
    if (error instanceof Fault || error instanceof ReadingStopped) throw error;
    throw storeFault("reading the record", engine.explain(error), error);
  } finally {
    await queries.destroy();
    engine.release();
  }
}

function readerOn(statements: Together): AuditReader {
  const records = statements
    .selectFrom("audit")
    .select(["sequence", "hash", "body", "plan_number as planNumber"]);
  const plans = statements
    .selectFrom("plans")
    .select(["number", "version", "state", "body", "expires_at as expiresAt", "summary"]);
  return {
    tenants: () => tenants(statements),
    async *records(tenant, from = 1) {
      for (let next = from; ; ) {
        const page = await records
          .where("tenant_id", "=", tenant)
          .where("sequence", ">=", next)
          .orderBy("sequence")
          .limit(RECORDS_A_PAGE)
          .execute();
        yield* page;
        const last = page.at(-1);
        if (last === undefined) return;
        next = last.sequence + 1;
      }
    },
    async *plans(tenant) {
      for (let after = 0; ; ) {
        const plan = await plans
          .where("tenant_id", "=", tenant)
          .where("number", ">", after)
          .orderBy("number")
          .limit(1)
          .executeTakeFirst();
        if (plan === undefined) return;
        after = plan.number;
        yield plan;
      }
    },
    baseline: (tenant) =>
      statements
        .selectFrom("baselines")
        .select(["version", "body"])
        .where("tenant_id", "=", tenant)
        .executeTakeFirst(),
    drifts: (tenant) =>
      statements
        .selectFrom("drifts")
        .select(["number", "version", "state", "body"])
        .where("tenant_id", "=", tenant)
        .orderBy("number")
        .execute(),
    scans: (tenant) =>
      statements
        .selectFrom("scans")
        .select(["scan_id as scanId", "finished_at as finishedAt", "body"])
        .where("tenant_id", "=", tenant)
        .where("state", "=", "finished")
        .orderBy("scan_id")
        .execute(),
    async *keyholders(tenant, scanId) {
      for (let after = ""; ; ) {
        const rows = await keyholdersAfter(statements, { tenant, scanId, after });
        if (rows.length > 0) yield rows.map(toKeyholder);
        const last = rows.at(-1);
        if (last === undefined) return;
        after = last.person_id;
      }
    },
    async plan(tenant, number) {
      const row = await statements
        .selectFrom("plans")
        .select(["tenant_id", "number", "version", "state", "body"])
        .where("tenant_id", "=", tenant)
        .where("number", "=", number)
        .executeTakeFirst();
      return row && toPlan(row);
    },
  };
}

/** Removing a tenant's counters does not remove the tenant. */
async function tenants(statements: Together): Promise<readonly StoredTenant[]> {
  const counted = await statements.selectFrom("tenants").selectAll().execute();
  const named = await Promise.all(
    (["audit", "plans"] as const).map((table) =>
      statements.selectFrom(table).select("tenant_id").distinct().execute(),
    ),
  );
  const ids = new Set([...counted, ...named.flat()].map(({ tenant_id }) => tenant_id));
  return [...ids].sort().map((id) => {
    const counters = counted.find(({ tenant_id }) => tenant_id === id);
    return {
      tenantId: tenantId(id),
      lastPlan: counters?.last_plan ?? 0,
      lastRecord: counters?.last_audit ?? 0,
    };
  });
}
