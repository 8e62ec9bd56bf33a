import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RecordKeys } from "../../../src/core/audit/record-keys.js";
import { backUp } from "../../../src/storage/copies/back-up.js";
import { restoreBackup } from "../../../src/storage/copies/restore-backup.js";
import { Database } from "../../../src/storage/engine/database.js";
import { readPostgres } from "../../../src/storage/engine/postgres/postgres-reader.js";
import { readSqlite } from "../../../src/storage/engine/sqlite/sqlite-reader.js";
import { migrate } from "../../../src/storage/migrations/migrate.js";
import { openStore, type Store } from "../../../src/storage/open-store.js";
import { AT, draft, entry, TENANT } from "../../contracts/stored-things.js";
import { DATABASES, type DatabasePlace } from "../migrations/database-places.js";
import { RELEASED, releasedRows, upTo } from "../migrations/released-versions.js";
import { writeLife } from "../migrations/written-life.js";
import { verified } from "./verified.js";

const SKIP = 500;
const renewal = { skip: SKIP, keys: new RecordKeys(), now: () => new Date(AT) };

let folder: string;
let file: string;
let places: DatabasePlace[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-backup-"));
  file = join(folder, "a.backup.gz");
  places = [];
});
afterEach(async () => {
  for (const place of places) await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function make(kind: (typeof DATABASES)[number]): Promise<DatabasePlace> {
  const place = await kind[1]();
  places.push(place);
  return place;
}

function reading({ place }: DatabasePlace) {
  return "postgres" in place ? readPostgres(place.postgres) : readSqlite(place.dataDir);
}

const backUpOf = (place: DatabasePlace) => backUp(reading(place), { file, at: new Date(AT) });

async function inStore<T>({ place }: DatabasePlace, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const [sqlite, postgres] = DATABASES;
if (sqlite === undefined || postgres === undefined) throw new Error("there are two kinds of databases");

describe.each([
  ["SQLite", "SQLite", sqlite, sqlite],
  ["SQLite", "PostgreSQL", sqlite, postgres],
  ["PostgreSQL", "PostgreSQL", postgres, postgres],
  ["PostgreSQL", "SQLite", postgres, sqlite],
] as const)("a backup of %s that is restored to %s", (_from, _to, from, to) => {
  it("taken while plans are made is of one moment: its record is intact, and no number is given again", async () => {
    const place = await make(from);
    const made: number[] = [];
    await inStore(place, async (store) => {
      await writeLife(store);
      let isDone = false;
      const writing = (async () => {
        while (!isDone) {
          made.push((await store.plans.create(draft(), [entry()])).number);
          // SQLite answers without ever letting another task have its turn.
          await new Promise(setImmediate);
        }
      })();
      while (made.length < 3) await new Promise(setImmediate);
      await backUpOf(place);
      const duringBackup = made.length;
      while (made.length < duringBackup + 3) await new Promise(setImmediate);
      isDone = true;
      await writing;
    });

    const target = await make(to);
    const { tenants, backup } = await restoreBackup(target.place, file, renewal);
    expect(await verified(target.open())).toContain(`Tenant ${TENANT}: intact`);
    const head = backup.heads.find(({ tenantId }) => tenantId === TENANT);
    await inStore(target, async (store) => {
      const records = await store.audit.read(TENANT, { limit: 5_000 });
      expect(records.find(({ sequence }) => sequence === head?.sequence)?.hash).toBe(head?.hash);
      const { number } = await store.plans.create(draft(), [entry()]);
      expect(number).toBe(tenants[0]?.nextPlan);
      expect(made).not.toContain(number);
      expect(number).toBeGreaterThan(SKIP);
    });
  });

  it("is another installation, so that cards of before decide nothing", async () => {
    const place = await make(from);
    const before = await inStore(place, (store) => store.plans.create(draft(), [entry()]));
    await backUpOf(place);
    const target = await make(to);
    await restoreBackup(target.place, file, renewal);
    const after = await inStore(target, (store) => store.plans.create(draft(), [entry()]));
    expect(after.installation).not.toBe(before.installation);
    expect(after.installation).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe.each(RELEASED)("a backup of a store whose last migration is %s", (name) => {
  it.each(DATABASES)("is restored to %s by this version, its record intact", async (...kind) => {
    const place = await make(sqlite);
    const { rows } = await releasedRows(name, async () => {
      throw new Error("its rows are not there");
    });
    const database = new Database(place.open());
    await migrate(database, upTo(name));
    await database.together("loading what a version left", async (statements) => {
      for (const [table, all] of Object.entries(rows))
        for (const row of all)
          await statements
            .insertInto(table as "plans")
            .values(row as never)
            .execute();
    });
    await database.close();
    await backUpOf(place);

    const target = await make(kind);
    await restoreBackup(target.place, file, renewal);
    expect(await verified(target.open())).toContain(`Tenant ${TENANT}: intact`);
  });
});

describe("the file of a backup", () => {
  async function backup(): Promise<DatabasePlace> {
    const place = await make(sqlite as (typeof DATABASES)[number]);
    await inStore(place, writeLife);
    await backUpOf(place);
    return place;
  }
  const change = (edit: (text: string) => string): void =>
    writeFileSync(file, gzipSync(edit(gunzipSync(readFileSync(file)).toString())));

  it("is readable by its owner alone", async () => {
    await backup();
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it("takes the place of no other one", async () => {
    const place = await backup();
    await expect(backUpOf(place)).rejects.toThrow("is there already: give another name");
  });

  it("is not there when it could not be written whole", async () => {
    const place = await backup();
    rmSync(file);
    const failing = backUp(reading(place), { file: join(folder, "no", "such", "folder"), at: new Date(AT) });
    await expect(failing).rejects.toThrow("cannot be written");
    expect(existsSync(join(folder, "no"))).toBe(false);
  });

  it.each([
    [
      "was changed",
      (text: string) => text.replace("enable passkeys", "enable passwords"),
      "was changed since",
    ],
    ["lacks a row", (text: string) => text.replace(/\n\["audit".*?\n/, "\n"), "was changed since"],
    [
      "lacks its end",
      (text: string) => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1),
      "is cut off",
    ],
    ["is no backup", () => "hello\n", "is no backup that can be read"],
    ["is of a later format", (text: string) => text.replace('"format":1', '"format":9'), "later version"],
  ])("is refused when it %s, and nothing is restored", async (_, edit, why) => {
    await backup();
    change(edit);
    const target = await make(sqlite as (typeof DATABASES)[number]);
    await expect(restoreBackup(target.place, file, renewal)).rejects.toThrow(why);
    await inStore(target, async (store) => expect(await store.audit.read(TENANT)).toEqual([]));
  });

  it("that is cut off in the middle is refused", async () => {
    await backup();
    writeFileSync(file, readFileSync(file).subarray(0, -200));
    const target = await make(sqlite as (typeof DATABASES)[number]);
    await expect(restoreBackup(target.place, file, renewal)).rejects.toThrow("is no backup that can be read");
  });

  it("of a later version of the tables is refused", async () => {
    const place = await backup();
    const database = new Database(place.open());
    await migrate(database, {
      ...upTo(RELEASED.at(-1) ?? ""),
      "999-later": { up: async () => {} },
    });
    await database.close();
    rmSync(file);
    await backUpOf(place);
    const target = await make(sqlite as (typeof DATABASES)[number]);
    await expect(restoreBackup(target.place, file, renewal)).rejects.toThrow("a later version of Latchkey");
  });

  it.each(DATABASES)("is restored to no %s place that has a store, which stays as it is", async (...kind) => {
    await backup();
    const target = await make(kind);
    await inStore(target, (store) => store.plans.create(draft(), [entry()]));
    await expect(restoreBackup(target.place, file, renewal)).rejects.toThrow("a store is there already");
    await inStore(target, async (store) => expect(await store.audit.read(TENANT)).toHaveLength(1));
  });
});
