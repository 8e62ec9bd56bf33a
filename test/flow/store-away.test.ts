import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { SAMPLE_PEOPLE } from "../../simulators/tenant/sample-tenant.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";
import { openStage, type Stage } from "./stage.js";
import { eventually } from "./teams.js";

const { ada } = SAMPLE_PEOPLE;
let stage: Stage | undefined;
afterEach(() => stage?.close());

it("a database that goes away and comes back is said once, keeps no bot from living, and nothing has to be restarted", async () => {
  stage = await openStage({ onPostgres: 2 });
  const { bots, database, teams } = stage;
  const server = await (await postgresForTests()).createDatabase();
  const allow = (connections: boolean) =>
    server.run(`alter database ${database?.name} with allow_connections ${connections}`);
  const said = (event: string) =>
    bots.map(({ output }) => output.split("\n").filter((line) => line.includes(`"${event}"`)).length);

  await allow(false);
  await server.run(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database?.name}'`,
  );
  await eventually(
    () => said("replica-not-heard").every((times) => times === 1) || undefined,
    () => "both bots to miss the database",
  );
  await sleep(5_000);
  for (const { url } of bots) {
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
  }

  await allow(true);
  await eventually(
    () => said("replica-heard-again").every((times) => times === 1) || undefined,
    () => "both bots to be heard again",
  );
  expect(said("replica-not-heard")).toEqual([1, 1]);
  for (const times of said("background-task-failed")) expect(times).toBeLessThan(5);
  expect(said("replica-gone")).toEqual([0, 0]);
  await teams.say(ada, "show policy");
  await teams.findText(teams.chatOf(ada), /passkey/i);
  await server.drop();
});
