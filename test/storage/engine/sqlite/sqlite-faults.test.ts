import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import Libsql from "libsql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import type { Plan } from "../../../../src/core/plan/plan.js";
import { createAuditLog } from "../../../../src/storage/audit/audit-log.js";
import { Database } from "../../../../src/storage/engine/database.js";
import { openSqlite } from "../../../../src/storage/engine/sqlite/sqlite.js";
import { migrate } from "../../../../src/storage/migrations/migrate.js";
import { openStore } from "../../../../src/storage/open-store.js";
import { createPlanStore } from "../../../../src/storage/plans/plan-store.js";
import { AT, BOB, draft, entry, entryOf, TENANT } from "../../../contracts/stored-things.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-faults-"));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof Fault)) throw new Error(`expected a Fault, got ${outcome}`);
  expect(outcome.code).toBe("store-unavailable");
  return outcome;
}

/** Root may write anywhere: there the work is done as somebody who may not. */
async function withoutPrivileges<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("SQLite", () => {
  it("keeps its files to its user, in a folder that others may read and with files they could read before", async () => {
    chmodSync(folder, 0o777);
    const modes = () =>
      Object.fromEntries(
        readdirSync(folder).map((name) => [name, statSync(join(folder, name)).mode & 0o777]),
      );
    const names = [
      "latchkey.db",
      "latchkey.db-shm",
      "latchkey.db-wal",
      "latchkey.lock",
      "latchkey.lock-journal",
      "latchkey.pid",
    ];
    const allPrivate = Object.fromEntries(names.map((name) => [name, 0o600]));
    const before = process.umask(0);
    try {
      const first = await openStore({ dataDir: folder });
      expect(modes()).toEqual(allPrivate);
      await first.close();
      for (const name of names) writeFileSync(join(folder, name), "", { flag: "a" });
      for (const name of names) chmodSync(join(folder, name), 0o666);
      const second = await openStore({ dataDir: folder });
      expect(modes()).toEqual(allPrivate);
      await second.close();
    } finally {
      process.umask(before);
    }
  });

  it("makes every commit durable, and its folder private", async () => {
    const dataDir = join(folder, "data");
    const database = new Database(openSqlite(dataDir));
    const pragma = (name: string) =>
      database.together(name, async (statements) => {
        const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(statements);
        return Object.values(rows[0] ?? {})[0];
      });
    expect(await pragma("journal_mode")).toBe("wal");
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("busy_timeout")).toBe(2000);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    await database.close();
  });

  it("has everything in one file when it is closed, so that a copy of that file is a backup", async () => {
    const [dataDir, copy] = [join(folder, "data"), join(folder, "copy")];
    const store = await openStore({ dataDir });
    const plan = await store.plans.create(draft(), [entry()]);
    await store.plans.open(TENANT);
    await store.close();
    const log = join(dataDir, "latchkey.db-wal");
    expect(existsSync(log) ? statSync(log).size : 0).toBe(0);
    mkdirSync(copy);
    copyFileSync(join(dataDir, "latchkey.db"), join(copy, "latchkey.db"));
    const restored = await openStore({ dataDir: copy });
    expect(await restored.plans.find(TENANT, 1)).toEqual(plan);
    await restored.close();
  });

  it("says that the disk is full, keeps what was there and goes on when there is room", async () => {
    const database = new Database(openSqlite(folder));
    await migrate(database);
    const [plans, audit] = [createPlanStore(database), createAuditLog(database)];
    const plan = await plans.create(draft(), [entry()]);
    const pages = (limit: number) =>
      database.run("limiting", (queries) => sql.raw(`pragma max_page_count = ${limit}`).execute(queries));
    await pages(1);
    const note = { kind: "attempt-failed", at: AT, approver: BOB, why: "x".repeat(100_000) } as const;
    const large: Plan = { ...plan, note };
    const fault = await faultOf(plans.replace(large, [entryOf(plan, "attempt-failed")]));
    expect(fault.message).toBe(
      `The store failed while storing plan #1: the disk that holds ${folder} is full (SQLITE_FULL).`,
    );
    expect(fault.cause).toMatchObject({ code: "SQLITE_FULL" });
    expect(await plans.find(TENANT, 1)).toEqual(plan);
    expect(await audit.read(TENANT)).toHaveLength(1);
    await pages(1_000_000);
    expect(await plans.replace(large, [entryOf(plan, "attempt-failed")])).toMatchObject({ kind: "replaced" });
    await database.close();
  });

  it("refuses a folder that may not be written", async () => {
    const dataDir = join(folder, "data");
    await (await openStore({ dataDir })).close();
    chmodSync(folder, 0o755);
    for (const file of ["latchkey.db", "latchkey.lock"]) chmodSync(join(dataDir, file), 0o444);
    chmodSync(dataDir, 0o555);
    const fault = await withoutPrivileges(() => faultOf(openStore({ dataDir })));
    chmodSync(dataDir, 0o755);
    expect(fault.message).toContain(dataDir);
    expect(fault.message).toMatch(
      /may be read but not written|may not create or write|no file can be opened/,
    );
  });

  it("refuses a new folder where none may be made", async () => {
    chmodSync(folder, 0o555);
    const dataDir = join(folder, "data");
    const fault = await withoutPrivileges(() => faultOf(openStore({ dataDir })));
    expect(fault.message).toBe(
      `The store failed while opening ${dataDir}: this user may not create or write ${dataDir} (EACCES).`,
    );
  });

  it("refuses a path that is a file, or below one", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    for (const dataDir of [file, join(file, "data")]) {
      const fault = await faultOf(openStore({ dataDir }));
      expect(fault.message).toContain(`${dataDir} is not a folder`);
    }
  });

  it("refuses a file that is no database, and gives the folder back", async () => {
    writeFileSync(join(folder, "latchkey.db"), "this is no database ".repeat(1000));
    const fault = await faultOf(openStore({ dataDir: folder }));
    expect(fault.message).toContain("latchkey.db in");
    expect(fault.message).toContain("is not a database; restore it from a backup (SQLITE_NOTADB)");
    rmSync(join(folder, "latchkey.db"));
    await (await openStore({ dataDir: folder })).close();
  });

  it("says so when something else holds the database for too long, and goes on afterwards", async () => {
    const store = await openStore({ dataDir: folder });
    const other = new Libsql(join(folder, "latchkey.db"));
    other.exec("begin immediate");
    const fault = await faultOf(store.audit.append(entry()));
    expect(fault.message).toContain("something else is holding the database");
    expect(await store.audit.read(TENANT)).toEqual([]);
    other.exec("rollback");
    expect(await store.audit.append(entry())).toMatchObject({ sequence: 1 });
    other.close();
    await store.close();
  });
});
