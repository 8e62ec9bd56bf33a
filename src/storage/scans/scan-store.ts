import type { Fault } from "../../core/errors.js";
import type { TenantId } from "../../core/person.js";
import { isComplete, type ScanAsker } from "../../core/scan/inventory.js";
import type { Scan } from "../../core/scan/scan.js";
import { scanEntry } from "../../core/scan/scan-entry.js";
import type { ScanStore } from "../../core/stores.js";
import { Recorder } from "../audit/recorder.js";
import { type Database, storeFault } from "../engine/database.js";
import { takeTurn } from "../numbering.js";
import type { Queries, Together } from "../schema.js";
import { finishedScans } from "./finished-scans.js";
import { dropOldScans, dropScans, endOf } from "./old-scans.js";
import { insertMissing, insertPeople, updatePeople } from "./scan-people.js";
import { toAccount, toCounts, toScan } from "./scan-row.js";

/** Scans of a tenant: the one under way, and the last ones that finished. */
export function createScanStore(database: Database, recorder = new Recorder()): ScanStore {
  const scanBy = (queries: Queries | Together, tenant: TenantId, scanId: string) =>
    queries.selectFrom("scans").where("tenant_id", "=", tenant).where("scan_id", "=", scanId);

  /**
   * For what is written about a scan: it is kept only while the scan runs, and of a process that was paused only while
   * no other process has gone on with it. @throws Fault
   */
  const ofRunning = async (doing: string, scan: Scan, statements: Together): Promise<Scan> => {
    const row = await scanBy(statements, scan.tenantId, scan.scanId)
      .selectAll()
      .forUpdate()
      .executeTakeFirst();
    if (row?.state !== "running") throw notRunning(doing);
    const stored = toScan(row);
    if (stored.interruptions > scan.interruptions) throw storeFault(doing, "another process goes on with it");
    // A person may have joined since the scan was read.
    return { ...scan, askers: stored.askers };
  };

  /** What a machine that fails takes back is asked of Graph again: how far the scan has got is in the same transaction. */
  const storeListed = (scan: Scan, work: (statements: Together) => Promise<void>): Promise<void> => {
    const doing = "storing whom to read";
    return database.soonOnDiskTogether(doing, async (statements) => {
      await ofRunning(doing, scan, statements);
      await work(statements);
      await storeProgress(statements, scan);
    });
  };

  return {
    begin: (scan) =>
      database.together("storing a new scan", async (statements) => {
        // Another process may be about to store the first one, or to end the one that runs.
        await takeTurn(statements, scan.tenantId);
        const row = await runningOf(statements, scan.tenantId).forUpdate().executeTakeFirst();
        const running = row && toScan(row);
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

    addPeople: (scan, people, { carry }) =>
      storeListed(scan, (statements) => insertPeople(statements, scan, people, carry)),

    addMissing: (scan) =>
      storeListed(scan, async (statements) => {
        if (scan.base !== undefined) await insertMissing(statements, scan, scan.base);
      }),

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

    keepAnswers: (scan, answers) =>
      database.soonOnDiskTogether("storing who was read", async (statements) => {
        // Only its state: this happens for every twenty people.
        const stored = scanBy(statements, scan.tenantId, scan.scanId).select("state").forUpdate();
        const row = await stored.executeTakeFirst();
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

    finish: (scan, inventory) => {
      const doing = "storing what a scan found";
      return database.together(doing, async (statements) => {
        // The end of a scan is recorded, and who records comes first: two transactions could wait for each other.
        await takeTurn(statements, scan.tenantId);
        const running = await ofRunning(doing, scan, statements);
        const sealed = await recorder.record(statements, scanEntry(scan.tenantId, inventory));
        await statements
          .updateTable("scans")
          .set({
            state: "finished",
            finished_at: await endOf(statements, scan.tenantId, inventory.finishedAt),
            complete: isComplete(inventory) ? 1 : 0,
            body: JSON.stringify({ ...inventory, recordedAs: sealed.sequence }),
          })
          .where("tenant_id", "=", scan.tenantId)
          .where("scan_id", "=", scan.scanId)
          .execute();
        await dropOldScans(statements, scan.tenantId);
        return running;
      });
    },

    discard: (scan) =>
      database.together("ending a scan", async (statements) => {
        const { tenantId, scanId } = scan;
        const row = await scanBy(statements, tenantId, scanId).selectAll().forUpdate().executeTakeFirst();
        if (row?.state !== "running") return undefined;
        await dropScans(statements, tenantId, [scanId]);
        return toScan(row);
      }),

    ...finishedScans(database),
  };
}

function notRunning(doing: string): Fault {
  return storeFault(doing, "the scan is not running any more");
}

function runningOf(queries: Queries | Together, tenant: TenantId) {
  const running = queries.selectFrom("scans").selectAll().where("tenant_id", "=", tenant);
  return running.where("state", "=", "running");
}

async function readRunning(queries: Queries | Together, tenant: TenantId): Promise<Scan | undefined> {
  const row = await runningOf(queries, tenant).executeTakeFirst();
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

/** How far the scan has got; its askers are as they are in the store, because a person may have joined meanwhile. */
async function storeProgress(statements: Together, scan: Scan): Promise<void> {
  const stored = await readRunning(statements, scan.tenantId);
  await storeScan(statements, { ...scan, askers: stored?.askers ?? scan.askers });
}

/** Each person once in each conversation; one who asked for the scan itself sees it at once. */
function withAskers(there: readonly ScanAsker[], more: readonly ScanAsker[]): readonly ScanAsker[] {
  const askers = new Map<string, ScanAsker>();
  for (const asker of [...there, ...more]) {
    const key = `${asker.conversation} ${asker.person.id}`;
    if (!askers.has(key) || asker.shows === "at-once") askers.set(key, asker);
  }
  return [...askers.values()];
}
