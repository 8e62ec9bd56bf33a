import type { TenantId } from "../../core/person.js";
import type { Inventory, Keyholder } from "../../core/scan/inventory.js";
import type { ScanStore } from "../../core/stores.js";
import { type Database, storeFault } from "../engine/database.js";
import { keptQuery } from "../engine/kept-query.js";
import type { Queries } from "../schema.js";
import { dropScans } from "./old-scans.js";
import { toAccount, toInventory, toKeyholder } from "./scan-row.js";

/** People read from the store at once. */
const PEOPLE_A_PAGE = 500;
/** People handed on at once: to parse and hash more of them would keep others waiting for tens of milliseconds. */
const PEOPLE_A_TURN = 100;

const finishedOf = (queries: Queries, tenant: TenantId) =>
  queries.selectFrom("scans").selectAll().where("tenant_id", "=", tenant).where("state", "=", "finished");

/** @throws Fault when the row is damaged */
export async function readLatest(queries: Queries, tenant: TenantId): Promise<Inventory | undefined> {
  const [row] = (await latestOf(queries, { tenant })).rows;
  return row && toInventory(row);
}

const latestOf = keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
  finishedOf(queries, tenant).orderBy("finished_at", "desc").limit(1),
);

/** What the scans found that have finished. */
export function finishedScans(
  database: Database,
): Pick<ScanStore, "latest" | "dropFinishedBefore" | "finished" | "keyholders" | "ofPerson" | "unread"> {
  return {
    latest: (tenant) => database.run("reading the latest scan", (queries) => readLatest(queries, tenant)),

    dropFinishedBefore: (tenant, before) =>
      database.together("removing old scans", async (statements) => {
        const old = await finishedOf(statements, tenant).where("finished_at", "<", before).execute();
        const ids = old.map((row) => row.scan_id);
        await dropScans(statements, tenant, ids);
        return ids.length;
      }),

    finished: (tenant, scanId) =>
      database.run("reading what a scan found", async (queries) => {
        const row = await finishedOf(queries, tenant).where("scan_id", "=", scanId).executeTakeFirst();
        return row && toInventory(row);
      }),

    keyholders: (tenant, scanId) => keyholders(database, tenant, scanId),

    ofPerson: (tenant, scanId, person) =>
      database.run("reading what a scan knows of a person", async (queries) => {
        const row = await queries
          .selectFrom("scan_people")
          .select(["person_id", "name", "is_admin", "detail", "state", "has_passkeys"])
          .where("tenant_id", "=", tenant)
          .where("scan_id", "=", scanId)
          .where("person_id", "=", person)
          .executeTakeFirst();
        if (row === undefined)
          await refuseRemoved(queries, "reading what a scan knows of a person", tenant, scanId);
        if (row?.state === "unread") return { kind: "unread" };
        return row?.has_passkeys === 1
          ? { kind: "read", passkeys: toKeyholder(row).passkeys }
          : { kind: "none" };
      }),

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

async function* keyholders(
  database: Database,
  tenant: TenantId,
  scanId: string,
): AsyncGenerator<readonly Keyholder[]> {
  const doing = "reading who has passkeys";
  for (let after = ""; ; ) {
    const rows = await database.run(doing, async (queries) => {
      const page = await keyholdersAfter(queries, { tenant, scanId, after });
      await refuseRemoved(queries, doing, tenant, scanId);
      return page;
    });
    for (let from = 0; from < rows.length; from += PEOPLE_A_TURN) {
      // SQLite answers at once, so without this nothing else would have its turn until the last page.
      await new Promise((resolve) => setImmediate(resolve));
      yield rows.slice(from, from + PEOPLE_A_TURN).map(toKeyholder);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < PEOPLE_A_PAGE) return;
    after = last.person_id;
  }
}

/** A scan that was removed meanwhile would look like one of fewer people. @throws Fault */
async function refuseRemoved(
  queries: Queries,
  doing: string,
  tenant: TenantId,
  scanId: string,
): Promise<void> {
  const scan = queries.selectFrom("scans").select("scan_id").where("tenant_id", "=", tenant);
  const still = await scan.where("scan_id", "=", scanId).executeTakeFirst();
  if (still === undefined) throw storeFault(doing, "the scan has been replaced by newer ones");
}

/** A page of people with passkeys, in order of id. */
export function keyholdersAfter(
  queries: Queries,
  { tenant, scanId, after }: { readonly tenant: TenantId; readonly scanId: string; readonly after: string },
) {
  return queries
    .selectFrom("scan_people")
    .select(["person_id", "name", "is_admin", "detail"])
    .where("tenant_id", "=", tenant)
    .where("scan_id", "=", scanId)
    .where("has_passkeys", "=", 1)
    .where("person_id", ">", after)
    .orderBy("person_id")
    .limit(PEOPLE_A_PAGE)
    .execute();
}
