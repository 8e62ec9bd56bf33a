import type { Fault } from "../core/errors.js";
import { isComplete, type Keyholder, type ScanAsker } from "../core/inventory/inventory.js";
import type { Scan } from "../core/inventory/scan.js";
import type { Instant, TenantId } from "../core/person.js";
import type { ScanStore } from "../core/stores.js";
import { type Database, storeFault } from "./database.js";
import { insertMissing, insertPeople, updatePeople } from "./scan-people.js";
import { toAccount, toCounts, toInventory, toKeyholder, toScan } from "./scan-row.js";
import type { Queries, Together } from "./schema.js";

/** People read from the store at once. */
const PAGE = 500;
/** Finished scans that are kept: somebody may still be reading the one before the latest. */
const KEPT = 2;

/** Scans of a tenant: the one under way, and the last ones that finished. */
export function createScanStore(database: Database): ScanStore {
  const scanBy = (queries: Queries | Together, tenant: TenantId, scanId: string) =>
    queries.selectFrom("scans").where("tenant_id", "=", tenant).where("scan_id", "=", scanId);

  const finished = (doing: string, tenant: TenantId, onlyComplete: boolean) =>
    database.run(doing, async (queries) => {
      let query = queries
        .selectFrom("scans")
        .selectAll()
        .where("tenant_id", "=", tenant)
        .where("state", "=", "finished");
      if (onlyComplete) query = query.where("complete", "=", 1);
      const row = await query.orderBy("finished_at", "desc").limit(1).executeTakeFirst();
      return row && toInventory(row);
    });

  /** For what is written about a scan: it is kept only while the scan runs. @throws Fault */
  const whileRunning = (doing: string, scan: Scan, work: (statements: Together) => Promise<void>) =>
    database.together(doing, async (statements): Promise<Scan> => {
      const row = await scanBy(statements, scan.tenantId, scan.scanId).selectAll().executeTakeFirst();
      if (row?.state !== "running") throw notRunning(doing);
      await work(statements);
      // Somebody may have joined since the scan was read.
      return { ...scan, askers: toScan(row).askers };
    });

  return {
    begin: (scan) =>
      database.together("storing a new scan", async (statements) => {
        const running = await readRunning(statements, scan.tenantId);
        if (running !== undefined) {
          const joined = { ...running, askers: withAskers(running.askers, scan.askers) };
          await storeScan(statements, joined);
          return { scan: joined, joined: true };
        }
        const { tenantId: tenant_id, scanId: scan_id } = scan;
        await statements
          .insertInto("scans")
          .values({
            tenant_id,
            scan_id,
            state: "running",
            finished_at: "",
            complete: 0,
            last_position: 0,
            body: JSON.stringify(scan),
          })
          .execute();
        return { scan, joined: false };
      }),

    running: (tenant) => database.run("reading the running scan", (queries) => readRunning(queries, tenant)),

    addPeople: async (scan, people, { carry }) => {
      await whileRunning("storing whom to read", scan, async (statements) => {
        await insertPeople(statements, scan, people, carry);
        await storeProgress(statements, scan);
      });
    },

    addMissing: async (scan) => {
      await whileRunning("storing whom to read", scan, async (statements) => {
        if (scan.base !== undefined) await insertMissing(statements, scan, scan.base);
        await storeProgress(statements, scan);
      });
    },

    pending: (scan, after, limit) =>
      database.run("reading whom to read", async (queries) => {
        const rows = await queries
          .selectFrom("scan_people")
          .select(["position", "person_id", "name", "is_admin"])
          .where("tenant_id", "=", scan.tenantId)
          .where("scan_id", "=", scan.scanId)
          .where("state", "=", "pending")
          .where("position", ">", after)
          .orderBy("position")
          .limit(limit)
          .execute();
        return rows.map((row) => ({ position: row.position, account: toAccount(row) }));
      }),

    settle: (scan, answers) =>
      database.together("storing who was read", async (statements) => {
        // Only its state: this happens for every twenty people.
        const row = await scanBy(statements, scan.tenantId, scan.scanId).select("state").executeTakeFirst();
        if (row?.state !== "running") throw notRunning("storing who was read");
        await updatePeople(statements, scan, answers);
      }),

    counts: (scan) =>
      database.run("counting who was read", async (queries) => {
        const rows = await queries
          .selectFrom("scan_people")
          .select((row) => ["state", row.fn.countAll<number>().as("people")])
          .where("tenant_id", "=", scan.tenantId)
          .where("scan_id", "=", scan.scanId)
          .groupBy("state")
          .execute();
        return toCounts(rows);
      }),

    finish: (scan, inventory) =>
      whileRunning("storing what a scan found", scan, async (statements) => {
        await statements
          .updateTable("scans")
          .set({
            state: "finished",
            finished_at: await endOf(statements, scan.tenantId, inventory.finishedAt),
            complete: isComplete(inventory) ? 1 : 0,
            body: JSON.stringify(inventory),
          })
          .where("tenant_id", "=", scan.tenantId)
          .where("scan_id", "=", scan.scanId)
          .execute();
        await dropOldScans(statements, scan.tenantId);
      }),

    discard: (scan) =>
      database.together("ending a scan", async (statements) => {
        const { tenantId, scanId } = scan;
        const row = await scanBy(statements, tenantId, scanId).selectAll().executeTakeFirst();
        if (row?.state !== "running") return undefined;
        await dropScans(statements, tenantId, [scanId]);
        return toScan(row);
      }),

    latest: (tenant) => finished("reading the latest scan", tenant, false),
    latestComplete: (tenant) => finished("reading the latest complete scan", tenant, true),
    keyholders: (tenant, scanId) => keyholders(database, tenant, scanId),

    unread: (tenant, scanId, limit) =>
      database.run("reading who could not be read", async (queries) => {
        const rows = await queries
          .selectFrom("scan_people")
          .select(["person_id", "name", "is_admin", "detail"])
          .where("tenant_id", "=", tenant)
          .where("scan_id", "=", scanId)
          .where("state", "=", "unread")
          .orderBy("is_admin", "desc")
          .orderBy("name")
          .orderBy("person_id")
          .limit(limit)
          .execute();
        return rows.map((row) => ({ ...toAccount(row), why: row.detail }));
      }),
  };
}

function notRunning(doing: string): Fault {
  return storeFault(doing, "the scan is not running any more");
}

async function* keyholders(
  database: Database,
  tenant: TenantId,
  scanId: string,
): AsyncGenerator<readonly Keyholder[]> {
  const doing = "reading who has passkeys";
  for (let after = ""; ; ) {
    const rows = await database.run(doing, async (queries) => {
      const page = await queries
        .selectFrom("scan_people")
        .select(["person_id", "name", "is_admin", "detail"])
        .where("tenant_id", "=", tenant)
        .where("scan_id", "=", scanId)
        .where("has_passkeys", "=", 1)
        .where("person_id", ">", after)
        .orderBy("person_id")
        .limit(PAGE)
        .execute();
      // A scan that was removed meanwhile would look like one of fewer people.
      const scan = queries.selectFrom("scans").select("scan_id").where("tenant_id", "=", tenant);
      const still = await scan.where("scan_id", "=", scanId).executeTakeFirst();
      if (still === undefined) throw storeFault(doing, "the scan has been replaced by newer ones");
      return page;
    });
    // SQLite answers at once, so without this nothing else would have its turn until the last page.
    await new Promise((resolve) => setImmediate(resolve));
    if (rows.length > 0) yield rows.map(toKeyholder);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last.person_id;
  }
}

async function readRunning(queries: Queries | Together, tenant: TenantId): Promise<Scan | undefined> {
  const running = queries.selectFrom("scans").selectAll().where("tenant_id", "=", tenant);
  const row = await running.where("state", "=", "running").executeTakeFirst();
  return row && toScan(row);
}

async function storeScan(statements: Together, scan: Scan): Promise<void> {
  await statements
    .updateTable("scans")
    .set({ body: JSON.stringify(scan) })
    .where("tenant_id", "=", scan.tenantId)
    .where("scan_id", "=", scan.scanId)
    .execute();
}

/** How far the scan has got; its askers are as they are in the store, because somebody may have joined meanwhile. */
async function storeProgress(statements: Together, scan: Scan): Promise<void> {
  const stored = await readRunning(statements, scan.tenantId);
  await storeScan(statements, { ...scan, askers: stored?.askers ?? scan.askers });
}

/** Each person once in each conversation; whoever asked for the scan itself sees it at once, whatever else they asked. */
function withAskers(there: readonly ScanAsker[], more: readonly ScanAsker[]): readonly ScanAsker[] {
  const askers = new Map<string, ScanAsker>();
  for (const asker of [...there, ...more]) {
    const key = `${asker.conversation} ${asker.person.id}`;
    if (!askers.has(key) || asker.shows === "at-once") askers.set(key, asker);
  }
  return [...askers.values()];
}

/** When the scan ended, for the order of scans: later than those before it, wherever the clock went meanwhile. */
async function endOf(statements: Together, tenant: TenantId, finishedAt: Instant): Promise<Instant> {
  const row = await statements
    .selectFrom("scans")
    .select((scans) => scans.fn.max("finished_at").as("last"))
    .where("tenant_id", "=", tenant)
    .where("state", "=", "finished")
    .executeTakeFirst();
  const last = row?.last ?? "";
  return finishedAt > last ? finishedAt : new Date(Date.parse(last) + 1).toISOString();
}

/** Keeps the latest ones, and the latest that was complete. */
async function dropOldScans(statements: Together, tenant: TenantId): Promise<void> {
  const rows = await statements
    .selectFrom("scans")
    .select(["scan_id", "complete"])
    .where("tenant_id", "=", tenant)
    .where("state", "=", "finished")
    .orderBy("finished_at", "desc")
    .execute();
  const complete = rows.find((row) => row.complete === 1)?.scan_id;
  const ids = rows.map((row) => row.scan_id);
  const kept = ids.filter((id, newest) => newest < KEPT || id === complete);
  await dropScans(
    statements,
    tenant,
    ids.filter((id) => !kept.includes(id)),
  );
  // The card of a scan that ended without a result was still to be redrawn when it ended.
  await statements
    .deleteFrom("scan_postings")
    .where("tenant_id", "=", tenant)
    .where("scan_id", "not in", kept)
    .execute();
}

async function dropScans(statements: Together, tenant: TenantId, scanIds: readonly string[]): Promise<void> {
  if (scanIds.length === 0) return;
  for (const table of ["scan_people", "scans"] as const) {
    await statements
      .deleteFrom(table)
      .where("tenant_id", "=", tenant)
      .where("scan_id", "in", scanIds)
      .execute();
  }
}
