import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";
import type { TestDatabase } from "../setup/test-databases.js";
import { openStage, type Stage } from "./stage.js";
import { eventually } from "./teams.js";

const { ada } = SAMPLE_PEOPLE;
const role = `rotated_${randomUUID().replaceAll("-", "")}`;
let folder: string;
let database: TestDatabase;
let stage: Stage;

const fileIs = (password: string) => {
  const url = new URL(database.url);
  url.username = role;
  url.password = password;
  return writeFile(join(folder, "database-url"), `${url}\n`);
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "latchkey-rotated-"));
  database = await (await postgresForTests()).createDatabase();
  await database.run([
    `create role ${role} login password 'the-old-one'`,
    `alter database ${database.name} owner to ${role}`,
    `alter schema public owner to ${role}`,
  ]);
  await fileIs("the-old-one");
  stage = await openStage({
    tenant: { people: 3 },
    env: { DATABASE_URL_FILE: join(folder, "database-url") },
  });
});
afterAll(async () => {
  await stage?.close();
  await database?.drop();
  const server = await (await postgresForTests()).createDatabase();
  await server.run(`drop role if exists ${role}`);
  await server.drop();
  await rm(folder, { recursive: true, force: true });
});

it("the database's password may be changed while the bot runs: the file says the new one", async () => {
  const { bot, teams } = stage;
  const becomes = (status: number) =>
    eventually(
      // A connection that the bot closed while it was idle is no answer.
      async () => (await fetch(`${bot.url}/readyz`).catch(() => undefined))?.status === status || undefined,
      () => `readyz to say ${status}:\n${bot.output}`,
    );
  await database.run([
    `alter role ${role} password 'the-new-one'`,
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${role}'`,
  ]);
  // With the old one no connection is made: that is what the file mends.
  await becomes(503);
  await fileIs("the-new-one");
  await becomes(200);
  await teams.say(ada, "help");
  await teams.findText(teams.chatOf(ada), /enable passkeys/);
  expect(bot.output).not.toMatch(/the-(old|new)-one/);
});
