import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { verify } from "../../../src/audit-cli/verify.js";
import { verifyChain } from "../../../src/core/audit/chain.js";
import { readAudit } from "../../../src/storage/audit/audit-reader.js";
import { Database } from "../../../src/storage/engine/database.js";
import { migrate } from "../../../src/storage/migrations/migrate.js";
import { openStore } from "../../../src/storage/open-store.js";
import type { Tables } from "../../../src/storage/schema.js";
import { draft, entry, REPLICA, TENANT } from "../../contracts/stored-things.js";
import { DATABASES, type DatabasePlace } from "./database-places.js";
import { readEverything, readProcesses } from "./read-everything.js";
import {
  RELEASED,
  type ReleasedRows,
  releasedDefinitions,
  releasedNames,
  releasedRows,
  upTo,
} from "./released-versions.js";
import { writeLife } from "./written-life.js";

const NEWEST = RELEASED.at(-1);

describe.each(RELEASED)("the version whose last migration is %s", (name) => {
  describe.each(DATABASES)("in a %s database", (kind, make) => {
    let place: DatabasePlace;
    beforeEach(async () => {
      place = await make();
    });
    afterEach(() => place.remove());

    it("has the tables that were released", async () => {
      await inDatabase(place, (database) => migrate(database, upTo(name)));
      const definitions = await place.definitions();
      expect(
        definitions,
        `${name} was released: put it back as it was, and change the tables in a migration after it`,
      ).toBe(await releasedDefinitions(name, kind, async () => definitions));
    });

    it("has its data read whole by this one, which says the same of it everywhere", async () => {
      const { rows, evidenceSecret } = await releasedRows(name, newestRows);
      await inDatabase(place, async (database) => {
        await migrate(database, upTo(name));
        await load(database, rows);
      });
      const store = await openStore(place.place);
      const everything = await readEverything(store, evidenceSecret);
      const processes = await readProcesses(store);
      const whose = everything.chats.flatMap(({ person }) => person?.id ?? []);
      expect(whose).not.toEqual([]);
      expect(await store.conversations.chatsOf(TENANT, whose)).toEqual(everything.chats);
      await store.close();
      const file = `./released/${name}.as-read.snap`;
      await expect(JSON.stringify(everything, null, 2)).toMatchFileSnapshot(file);
      expect(everything.plans).toHaveLength(rows.plans?.length ?? 0);
      expect(everything.drifts).toHaveLength(rows.drifts?.length ?? 0);
      expect(everything.records).toHaveLength(rows.audit?.length ?? 0);
      const forgotten = { beat: undefined, holder: undefined };
      expect(processes).toEqual(kind === "SQLite" ? forgotten : { beat: 1, holder: REPLICA });
    });

    it("is an installation by then, which new plans name", async () => {
      const { rows } = await releasedRows(name, newestRows);
      await inDatabase(place, async (database) => {
        await migrate(database, upTo(name));
        await load(database, rows);
      });
      const store = await openStore(place.place);
      const { installation } = await store.plans.create(draft(), [entry()]);
      await store.close();
      expect(installation).toMatch(/^[0-9a-f-]{36}$/);
    });

    it("has its record intact, and every plan as its last record left it, once this one has opened it", async () => {
      const { rows } = await releasedRows(name, newestRows);
      await inDatabase(place, async (database) => {
        await migrate(database, upTo(name));
        await load(database, rows);
        await migrate(database);
      });
      const store = await openStore(place.place);
      const records = await store.audit.read(TENANT, { limit: 1000 });
      const head = await store.audit.head(TENANT);
      await store.close();
      expect(verifyChain(records)).toEqual({ kind: "intact", head });
      const said: string[] = [];
      const output = { write: async (text: string) => void said.push(text) };
      await readAudit(place.open(), (reader) => verify(reader, output, { heads: [] }));
      expect(said.join("")).toContain(`Tenant ${TENANT}: intact`);
    });
  });

  it("has rows in every table, so that none is forgotten", async () => {
    const { rows } = await releasedRows(name, newestRows);
    const place = await DATABASES[0]?.[1]();
    await inDatabase(place, async (database) => {
      await migrate(database, upTo(name));
      const tables = await tablesOf(database);
      expect(Object.keys(rows).filter((table) => rows[table]?.length)).toEqual(tables);
    });
    await place?.remove();
  });

  /** Today's program writes what the newest version leaves. */
  async function newestRows(): Promise<ReleasedRows> {
    if (name !== NEWEST)
      throw new Error(`only the version that had ${name} as its last could write its rows`);
    const folder = mkdtempSync(join(tmpdir(), "latchkey-released-"));
    try {
      const store = await openStore({ dataDir: folder });
      const evidenceSecret = await writeLife(store);
      await store.close();
      return { evidenceSecret, rows: rowsIn(join(folder, "latchkey.db")) };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
});

it("every version that was released still has its migration, under its name", () => {
  expect(releasedNames()).toEqual(RELEASED);
});

async function inDatabase(
  place: DatabasePlace | undefined,
  work: (database: Database) => Promise<void>,
): Promise<void> {
  if (place === undefined) throw new Error("there is no such database");
  const database = new Database(place.open());
  try {
    await work(database);
  } finally {
    await database.close();
  }
}

function tablesOf(database: Database): Promise<readonly string[]> {
  return database.run("listing its tables", async (queries) => {
    const tables = await queries.introspection.getTables();
    return tables
      .map((table) => table.name)
      .filter((table) => !table.startsWith("kysely"))
      .sort();
  });
}

async function load(database: Database, rows: ReleasedRows["rows"]): Promise<void> {
  await database.together("loading what a version left", async (statements) => {
    for (const [table, all] of Object.entries(rows)) {
      // Of a version that may have had other tables than those we know today.
      const known = table as keyof Tables;
      for (const row of all)
        await statements
          .insertInto(known)
          .values(row as never)
          .execute();
    }
  });
}

function rowsIn(file: string): ReleasedRows["rows"] {
  const database = new Libsql(file);
  const own = "type = 'table' and name not like 'sqlite%' and name not like 'kysely%'";
  const tables = database.prepare(`select name from sqlite_master where ${own} order by name`).all() as {
    name: string;
  }[];
  const rows = tables.map(({ name }) => [name, database.prepare(`select * from ${name}`).all()] as const);
  database.close();
  return Object.fromEntries(rows) as ReleasedRows["rows"];
}
