import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kysely, Migrator } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashedText, seal, verifyChain } from "../../../src/core/audit/chain.js";
import type { AuditRecord } from "../../../src/core/audit/record.js";
import { type Plan, summaryOf } from "../../../src/core/plan/plan.js";
import { createAuditLog } from "../../../src/storage/audit/audit-log.js";
import { Database } from "../../../src/storage/engine/database.js";
import type { Engine } from "../../../src/storage/engine/engine.js";
import { openPostgres } from "../../../src/storage/engine/postgres/postgres.js";
import { openSqlite } from "../../../src/storage/engine/sqlite/sqlite.js";
import { plansAndRecords } from "../../../src/storage/migrations/001-plans-and-records.js";
import { scans } from "../../../src/storage/migrations/002-scans.js";
import { fidoMetadata } from "../../../src/storage/migrations/003-fido-metadata.js";
import { migrate } from "../../../src/storage/migrations/migrate.js";
import { createPlanStore } from "../../../src/storage/plans/plan-store.js";
import { draft, entry, entryOf, TENANT } from "../../contracts/stored-things.js";
import { postgresForTests } from "../../setup/postgres-for-tests.js";
import { postgresPlace } from "../engine/postgres/postgres-places.js";

interface Place {
  open(): Engine;
  remove(): void | Promise<void>;
}

async function inFolder(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-migrate-"));
  return { open: () => openSqlite(folder), remove: () => rmSync(folder, { recursive: true }) };
}

async function onServer(): Promise<Place> {
  const database = await (await postgresForTests()).createDatabase();
  return { open: () => openPostgres(postgresPlace(database.url)), remove: () => database.drop() };
}

describe.each([
  ["SQLite", inFolder],
  ["PostgreSQL", onServer],
])("a %s database of an earlier version", { timeout: 30_000 }, (_, make) => {
  let place: Place;
  let database: Database;
  beforeEach(async () => {
    place = await make();
    database = new Database(place.open());
    await asOfFirstVersion(database);
  }, 30_000);
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  it("gets to know when its plans expire, also with one among them that is damaged", async () => {
    const plan = { ...draft(), number: 1, version: 1 };
    await store(database, 1, "waiting", JSON.stringify(plan));
    await store(database, 2, "waiting", "{");
    await store(database, 3, "applied", "null");
    await migrate(database);
    const expiry = await database.run("looking", (queries) =>
      queries.selectFrom("plans").select(["number", "expires_at"]).orderBy("number").execute(),
    );
    expect(expiry.map((row) => row.expires_at)).toEqual([plan.expiresAt, "", ""]);
    // The damaged one is met by whoever looks at what is due, as it was before.
    await expect(createPlanStore(database).due(TENANT, plan.createdAt)).rejects.toThrow("plan #2");
  });

  it("lists its plans and finds their records, and its record is intact", async () => {
    const [first, second] = [1, 2].map((number) => ({ ...draft(), number, version: 1 }) as Plan);
    for (const plan of [first, second])
      await store(database, plan?.number ?? 0, "waiting", JSON.stringify(plan));
    const events = [entryOf(first as Plan, "plan-proposed"), entry({ event: "approval-room-set" })];
    const records = [...events, entryOf(second as Plan, "plan-proposed")];
    let last: AuditRecord | undefined;
    for (const each of records) {
      last = seal(each, last);
      await storeRecord(database, last);
    }
    await migrate(database);
    const plans = createPlanStore(database);
    expect(await plans.latest(TENANT, 5)).toEqual([second, first].map((plan) => summaryOf(plan as Plan)));
    const audit = createAuditLog(database);
    expect((await audit.read(TENANT, { planNumber: 2 })).map(({ sequence }) => sequence)).toEqual([3]);
    expect(verifyChain(await audit.read(TENANT))).toMatchObject({ kind: "intact", head: { sequence: 3 } });
    expect((await audit.append(entry())).previousHash).toBe(last?.hash);
  });

  it("is left as it was by a migration that fails, and migrated when that is mended", async () => {
    await run(database, (queries) => queries.schema.createTable("duties").addColumn("a", "text").execute());
    await expect(migrate(database)).rejects.toMatchObject({ code: "store-unavailable" });
    await run(database, (queries) => queries.schema.dropTable("duties").execute());
    await migrate(database);
    await migrate(database);
  });
});

function run(database: Database, work: (queries: Kysely<object>) => Promise<unknown>): Promise<unknown> {
  return database.run("meddling", (queries) => work(queries as unknown as Kysely<object>));
}

async function asOfFirstVersion(database: Database): Promise<void> {
  const known = {
    "001-plans-and-records": plansAndRecords,
    "002-scans": scans,
    "003-fido-metadata": fidoMetadata,
  };
  await database.run("preparing", async (db) => {
    const migrator = new Migrator({ db, provider: { getMigrations: async () => known } });
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
  });
}

/** The first version kept records without the number of their plan beside them. */
async function storeRecord(database: Database, { hash, ...record }: AuditRecord): Promise<void> {
  const { tenantId: tenant_id, sequence } = record;
  await run(database, async (queries) => {
    const tables = queries.withTables<{
      audit: { tenant_id: string; sequence: number; hash: string; body: string };
      tenants: { tenant_id: string; last_plan: number; last_audit: number };
    }>();
    await tables
      .insertInto("audit")
      .values({ tenant_id, sequence, hash, body: hashedText(record) })
      .execute();
    const counters = { last_plan: 2, last_audit: sequence };
    await tables
      .insertInto("tenants")
      .values({ tenant_id, ...counters })
      .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(counters))
      .execute();
  });
}

async function store(database: Database, number: number, state: string, body: string): Promise<void> {
  await run(database, (queries) =>
    queries
      .withTables<{
        plans: { tenant_id: string; number: number; version: number; state: string; body: string };
      }>()
      .insertInto("plans")
      .values({ tenant_id: TENANT, number, version: 1, state, body })
      .execute(),
  );
}
