import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore, type Store } from "../../src/storage/open-store.js";
import { draft, entry, TENANT } from "../contracts/stored-things.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";
import type { TestDatabase } from "../setup/test-databases.js";
import { postgresPlace } from "../storage/engine/postgres/postgres-places.js";
import { AuditProgram } from "./audit-program.js";

let program: AuditProgram;
let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  const server = await postgresForTests();
  [program, database] = await Promise.all([AuditProgram.bundle(), server.createDatabase()]);
  store = await openStore({ postgres: postgresPlace(database.url) });
  for (let count = 0; count < 120; count++) {
    await store.plans.create(draft(), [entry({ event: "plan-proposed" })]);
  }
});
afterAll(async () => {
  program?.remove();
  await store?.close();
  await database?.drop();
});

const run = (...given: readonly string[]) => program.runOn({ DATABASE_URL: database.url }, ...given);

describe("the record on PostgreSQL", () => {
  it("is verified while the bot runs, page by page, and exported", async () => {
    const { sequence, hash } = await store.audit.head(TENANT);
    const ran = await run("verify", "--head", `${sequence}:${hash}`);
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(ran.stdout).toContain("120 records, 120 plans");
    expect((await run("export", "--from", "60")).stdout.trim().split("\n")).toHaveLength(61);
    expect((await run("evidence", "7")).stdout).toContain("Plan #7");
  });

  it("shows what was done behind the bot's back", async () => {
    await database.run("update plans set body = replace(body, 'enable', 'disable') where number = 5");
    expect(await run("verify")).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("Plan #5 was edited"),
    });
  });

  it("cannot be read with a wrong password, which is not repeated", async () => {
    const url = new URL(database.url);
    url.password = "not-the-one";
    const ran = await program.runOn({ DATABASE_URL: url.href }, "verify");
    expect(ran).toMatchObject({ code: 2, stdout: "" });
    expect(ran.stderr).not.toContain("not-the-one");
  });

  it("is not read with an identity the program does not have", async () => {
    const url = new URL(database.url);
    url.password = "";
    const ran = await program.runOn({ DATABASE_URL: url.href, DATABASE_AUTH: "entra" }, "verify");
    expect(ran.stderr).toContain("no identity of its own");
    expect(ran.code).toBe(2);
  });
});
