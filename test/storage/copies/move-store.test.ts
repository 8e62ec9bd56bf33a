import { afterEach, beforeEach, expect, it } from "vitest";
import { RecordKeys } from "../../../src/core/audit/record-keys.js";
import { fence } from "../../../src/storage/copies/fence.js";
import { moveStore } from "../../../src/storage/copies/move-store.js";
import { Database } from "../../../src/storage/engine/database.js";
import { readSqlite } from "../../../src/storage/engine/sqlite/sqlite-reader.js";
import { openStore } from "../../../src/storage/open-store.js";
import { restored } from "../../../src/storage/restored.js";
import { AT, draft, entry, TENANT } from "../../contracts/stored-things.js";
import { DATABASES, type DatabasePlace } from "../migrations/database-places.js";
import { readEverything } from "../migrations/read-everything.js";
import { writeLife } from "../migrations/written-life.js";
import { verified } from "./verified.js";

let from: DatabasePlace;
let to: DatabasePlace;
beforeEach(async () => {
  const [sqlite, postgres] = await Promise.all(DATABASES.map(([, make]) => make()));
  if (sqlite === undefined || postgres === undefined) throw new Error("there are two kinds of databases");
  [from, to] = [sqlite, postgres];
});
afterEach(async () => {
  await from.remove();
  await to.remove();
});

function folder(): string {
  if (!("dataDir" in from.place)) throw new Error("it is in a folder");
  return from.place.dataDir;
}

function move() {
  if (!("postgres" in to.place)) throw new Error("it goes to a database");
  return moveStore({ dataDir: folder(), to: to.place.postgres, at: new Date(AT) });
}

/** As a move leaves it whose last statement never came. */
async function stopBeforeItsEnd(): Promise<void> {
  const database = new Database(to.open());
  await database.together("fencing it", fence);
  await database.close();
}

async function lived() {
  const store = await openStore(from.place);
  const secret = await writeLife(store);
  const next = await store.plans.create(draft(), [entry()]);
  await store.close();
  return { secret, next };
}

it("a store that is moved reads the same there, its record goes on, and so do its numbers and its cards", async () => {
  const { secret, next } = await lived();
  const before = await openStore(from.place);
  const everything = await readEverything(before, secret);
  await before.close();

  const { heads } = await move();

  expect(await verified(to.open())).toContain(`Tenant ${TENANT}: intact`);
  const store = await openStore(to.place);
  expect(await readEverything(store, secret)).toEqual(everything);
  expect(await store.audit.head(TENANT)).toEqual({ sequence: heads[0]?.sequence, hash: heads[0]?.hash });
  const made = await store.plans.create(draft(), [entry()]);
  expect(made.number).toBe(next.number + 1);
  expect(made.installation).toBe(next.installation);
  await store.close();
});

it("no bot starts on the folder any more, which can still be verified", async () => {
  await lived();
  await move();
  await expect(openStore(from.place)).rejects.toThrow(/its store was moved to .* set DATABASE_URL/);
  expect(await verified(readSqlite(folder()))).toContain("intact");
});

it("a folder in which a bot runs is not moved", async () => {
  const store = await openStore(from.place);
  await expect(move()).rejects.toThrow("another Latchkey process");
  await store.close();
});

it("nothing is moved to a database that has a store", async () => {
  await lived();
  const store = await openStore(to.place);
  await store.plans.create(draft(), [entry()]);
  await store.close();
  await expect(move()).rejects.toThrow("a store is there already");
  await (await openStore(from.place)).close();
});

it("a move that was stopped lets a bot start in one place at most, and is done again from the start", async () => {
  const { secret } = await lived();
  await move();
  await stopBeforeItsEnd();
  await expect(openStore(to.place)).rejects.toThrow("did not come to its end");
  await expect(openStore(from.place)).rejects.toThrow("its store was moved");

  await move();
  const store = await openStore(to.place);
  expect((await readEverything(store, secret)).plans.length).toBeGreaterThan(10);
  await store.close();
});

it("what a stopped move left may count as a restored backup", async () => {
  await lived();
  await move();
  await stopBeforeItsEnd();
  await restored(to.place, { skip: 5, keys: new RecordKeys(), now: () => new Date(AT) });
  await (await openStore(to.place)).close();
});
