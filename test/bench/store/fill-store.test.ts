import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Filled, fillStore } from "../../../bench/store/fill-store.js";
import { verifyChain } from "../../../src/core/audit/chain.js";
import { tenantId } from "../../../src/core/person.js";
import { Database } from "../../../src/storage/engine/database.js";
import { openSqlite } from "../../../src/storage/engine/sqlite/sqlite.js";
import { openStore, type Store } from "../../../src/storage/open-store.js";
import { entry } from "../../contracts/stored-things.js";

const TENANT = tenantId("8f1c8a55-64c7-4b55-9b7c-5a9a3f1d2e60");
let dataDir: string;
let filled: Filled;
let store: Store;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-fill-"));
  const database = new Database(openSqlite(dataDir));
  filled = await fillStore(database, TENANT, 40);
  await database.close();
  store = await openStore({ dataDir });
});
afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

test("a store that was filled is one the bot can go on with: plans it can read, and a chain that is whole", async () => {
  const records = await store.audit.read(TENANT);
  expect(records).toHaveLength(filled.records);
  expect(verifyChain(records)).toMatchObject({ kind: "intact", head: { sequence: filled.records } });
  expect((await store.audit.read(TENANT, { planNumber: 7 })).map(({ event }) => event)).toEqual([
    "plan-proposed",
    "plan-approved",
    "write-intended",
    "write-verified",
  ]);
  expect(await store.plans.find(TENANT, 40)).toMatchObject({ number: 40, state: { kind: "cancelled" } });
  expect(await store.plans.latest(TENANT, 50)).toHaveLength(40);
});

test("nothing in it is open, and the next plan has the next number", async () => {
  expect(await store.plans.open(TENANT)).toEqual([]);
  const old = await store.plans.find(TENANT, 1);
  if (old === undefined) throw new Error("plan #1 is not there");
  const { number: _, version: __, ...draft } = old;
  const next = await store.plans.create({ ...draft, state: { kind: "waiting" } }, [entry()]);
  expect(next.number).toBe(41);
});
