import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Database } from "../../src/storage/engine/database.js";
import { openSqlite } from "../../src/storage/engine/sqlite/sqlite.js";
import { createMetadataCache } from "../../src/storage/metadata-cache.js";
import { migrate } from "../../src/storage/migrations/migrate.js";

const first = { blob: "a.b.c", fetchedAt: "2026-11-20T08:00:00.000Z" };
const second = { blob: "d.e.f", fetchedAt: "2026-11-21T08:00:00.000Z" };

describe("metadata cache", () => {
  let folder: string;
  let database: Database;
  const open = async (): Promise<void> => {
    database = new Database(openSqlite(folder));
    await migrate(database);
  };
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "latchkey-metadata-"));
    await open();
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is empty at first", async () => {
    expect(await createMetadataCache(database).load()).toBeUndefined();
  });

  it("keeps the last BLOB only, across a restart", async () => {
    await createMetadataCache(database).save(first);
    await createMetadataCache(database).save(second);
    await database.close();
    await open();
    expect(await createMetadataCache(database).load()).toEqual(second);
    const rows = await database.run("counting", (queries) =>
      queries.selectFrom("fido_metadata").select("id").execute(),
    );
    expect(rows).toHaveLength(1);
  });

  it("keeps a BLOB as large as FIDO's as it was", async () => {
    const large = { ...first, blob: "x".repeat(5_000_000) };
    await createMetadataCache(database).save(large);
    expect(await createMetadataCache(database).load()).toEqual(large);
  });
});
