import type { Kysely, Migration } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Database } from "../../../src/storage/engine/database.js";
import { MIGRATIONS, migrate } from "../../../src/storage/migrations/migrate.js";
import { DATABASES, type DatabasePlace } from "./database-places.js";

const FAULT = { name: "Fault", code: "store-unavailable" };

describe.each(DATABASES)("the tables of a %s database", (_, make) => {
  let place: DatabasePlace;
  let database: Database;
  beforeEach(async () => {
    place = await make();
    database = new Database(place.open());
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  it("are left as they were by a migration that fails, and made when that is mended", async () => {
    await run(database, (queries) => queries.schema.createTable("duties").addColumn("a", "text").execute());
    await expect(migrate(database)).rejects.toMatchObject(FAULT);
    await run(database, (queries) => queries.schema.dropTable("duties").execute());
    await migrate(database);
    await migrate(database);
  });

  it("are left as the version before left them by an upgrade that fails halfway", async () => {
    await migrate(database);
    const before = await definitions();
    const failing: Migration = {
      async up(db) {
        await db.schema.createTable("half").addColumn("a", "text").execute();
        await db.schema.dropTable("duties").execute();
        throw new Error("the disk is on fire");
      },
    };
    await expect(migrate(database, { ...MIGRATIONS, "999-failing": failing })).rejects.toMatchObject(FAULT);
    expect(await definitions()).toBe(before);
    await migrate(database);
  });

  it("are not touched where a newer version made them", async () => {
    await migrate(database, { ...MIGRATIONS, "999-newer": { up: async () => {} } });
    const before = await definitions();
    await expect(migrate(database)).rejects.toThrow("written by a newer version of Latchkey; run that one");
    expect(await definitions()).toBe(before);
  });

  /** As they are in the database, which another process may open only once this one has let it go. */
  async function definitions(): Promise<string> {
    await database.close();
    const told = await place.definitions();
    database = new Database(place.open());
    return told;
  }
});

function run(database: Database, work: (queries: Kysely<object>) => Promise<unknown>): Promise<unknown> {
  return database.run("meddling", (queries) => work(queries as unknown as Kysely<object>));
}
