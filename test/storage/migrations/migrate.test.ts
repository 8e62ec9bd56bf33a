import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kysely } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Database } from "../../../src/storage/engine/database.js";
import type { Engine } from "../../../src/storage/engine/engine.js";
import { openPostgres } from "../../../src/storage/engine/postgres/postgres.js";
import { openSqlite } from "../../../src/storage/engine/sqlite/sqlite.js";
import { migrate } from "../../../src/storage/migrations/migrate.js";
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
])("the tables of a %s database", { timeout: 30_000 }, (_, make) => {
  let place: Place;
  let database: Database;
  beforeEach(async () => {
    place = await make();
    database = new Database(place.open());
  }, 30_000);
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  it("are left as they were by a migration that fails, and made when that is mended", async () => {
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
