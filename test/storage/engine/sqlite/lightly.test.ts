import { copyFileSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely, sql } from "kysely";
import Libsql from "libsql";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Database } from "../../../../src/storage/engine/database.js";
import { openSqlite } from "../../../../src/storage/engine/sqlite/sqlite.js";
import { migrate } from "../../../../src/storage/migrations/migrate.js";
import type { Queries, Tables } from "../../../../src/storage/schema.js";

/** As SQLite numbers them. */
const [NORMAL, FULL] = [1, 2];

let folder: string;
let queries: Queries;
let engine: ReturnType<typeof openSqlite>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-lightly-"));
  engine = openSqlite(folder);
  queries = new Kysely<Tables>({ dialect: engine.dialect });
});
afterEach(async () => {
  await queries.destroy();
  engine.release();
  rmSync(folder, { recursive: true });
});

async function waitsFor(asking: Queries): Promise<number | undefined> {
  const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(asking);
  return rows[0]?.synchronous;
}

const inTransaction = () => queries.transaction().execute(waitsFor);

it("does not wait for the disk for a statement by itself, and does for each transaction, also after one that fails", async () => {
  expect(await waitsFor(queries)).toBe(NORMAL);
  expect(await inTransaction()).toBe(FULL);
  expect(await waitsFor(queries)).toBe(NORMAL);
  const failing = queries.transaction().execute(async () => Promise.reject(new Error("full disk")));
  await expect(failing).rejects.toThrow("full disk");
  expect([await waitsFor(queries), await inTransaction()]).toEqual([NORMAL, FULL]);
});

it("does not wait for the disk for a transaction that is light, which is undone when it fails", async () => {
  await sql`create table noted (text text)`.execute(queries);
  const note = (statements: Queries) => sql`insert into noted values ('one')`.execute(statements);
  const noted = () => sql`select * from noted`.execute(queries);
  const lightly = (work: (statements: Queries) => Promise<unknown>) =>
    engine.lightly(queries, (alone) => alone.transaction().execute(work));
  const failing = lightly(async (statements) => {
    await note(statements);
    throw new Error("full disk");
  });
  await expect(failing).rejects.toThrow("full disk");
  expect([(await noted()).rows, await inTransaction()]).toEqual([[], FULL]);
  await lightly(async (statements) => {
    await note(statements);
    expect(await waitsFor(statements)).toBe(NORMAL);
  });
  expect([(await noted()).rows.length, await inTransaction()]).toEqual([1, FULL]);
});

/** What is in the database itself, as after a machine failed: without the log, which is not on the disk for certain. */
function onDisk(): readonly unknown[] {
  const copied = join(folder, "copied.db");
  copyFileSync(join(folder, "latchkey.db"), copied);
  const database = new Libsql(copied);
  try {
    return database.prepare("select * from conversations").all();
  } finally {
    database.close();
  }
}

it("puts on the disk before long what has to be there soon, without waiting for it and by itself", async () => {
  const database = new Database(engine);
  await migrate(database);
  await engine.toDisk();
  await database.soonOnDisk("storing a conversation", (alone) =>
    alone
      .insertInto("conversations")
      .values({ id: "chat", tenant_id: "tenant", kind: "personal", approval_room: 0, body: "{}" })
      .execute(),
  );
  expect(onDisk()).toEqual([]);
  await expect.poll(onDisk, { timeout: 60_000 }).toHaveLength(1);
});

it("puts it on the disk beside a transaction that goes on, which others wait for", async () => {
  await sql`create table noted (text text)`.execute(queries);
  await queries.transaction().execute(async (statements) => {
    await sql`insert into noted values ('one')`.execute(statements);
    await engine.toDisk();
  });
  expect((await sql`select * from noted`.execute(queries)).rows).toHaveLength(1);
});

it("keeps the log small though nothing has to be on the disk soon", async () => {
  const large = "x".repeat(1_000_000);
  await sql`create table noted (text text)`.execute(queries);
  for (let written = 0; written < 60; written += 1) {
    await queries
      .transaction()
      .execute((statements) => sql`insert into noted values (${large})`.execute(statements));
  }
  expect(statSync(join(folder, "latchkey.db-wal")).size).toBeLessThan(20_000_000);
});

it("lets each transaction wait for the disk or not as it was meant to, where they wait for one another", async () => {
  const light = () => engine.lightly(queries, (alone) => alone.transaction().execute(waitsFor));
  const both = [inTransaction(), light(), inTransaction(), light()];
  expect(await Promise.all(both)).toEqual([FULL, NORMAL, FULL, NORMAL]);
});
