import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { SimPolicy } from "../../simulators/tenant/simulated-tenant.js";
import type { PostgresServer } from "../setup/postgres.js";
import { postgresDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { ada, grace, katherine, Office, sightOf } from "./office.js";
import { atRequest, isPolicyRead, type When } from "./request-moments.js";
import { tally } from "./tally.js";
import { pause, until } from "./until.js";

/** Time enough for it to stop, in milliseconds. */
const AWAY_BY = 500;
const WORDS = /cannot reach its own records|could not be recorded|not be kept|records/i;

let server: PostgresServer;
let world: FaultWorld;
let office: Office;
let untouched: SimPolicy;
let pid: number;
beforeAll(async () => {
  const database = await postgresDatabase();
  server = database.server;
  world = await FaultWorld.open({ database });
  office = new Office(world);
  untouched = structuredClone(world.tenant.policy);
  await office.install(ada, grace, katherine);
  // Groups' names and the like are known from here on, so that an approval makes the same requests each time.
  await office.propose("enable passkeys");
  pid = world.bot.pid;
});
beforeEach(() => {
  world.writes.reset(untouched);
  world.onGraphRequest = () => 10;
});
afterAll(() => world?.close());

type Outage = "fast shutdown" | "immediate shutdown" | "kill -9";
const OUTAGES: readonly Outage[] = ["fast shutdown", "immediate shutdown", "kill -9"];

function goAway(how: Outage): Promise<void> {
  switch (how) {
    case "fast shutdown":
      return server.stop("fast");
    case "immediate shutdown":
      return server.stop("immediate");
    case "kill -9":
      return server.kill();
  }
}

async function comeBack(): Promise<void> {
  await server.restart();
  await until(
    async () => (await world.bot.status("/readyz")) === 200 || undefined,
    () => "the bot to be ready",
  );
}

/** While it is away: alive, not ready, and everybody is told. */
async function isPoliteMeanwhile(card: Parameters<Office["press"]>[1]): Promise<void> {
  await until(
    async () => (await world.bot.status("/readyz")) === 503 || undefined,
    () => "the bot not to be ready",
  );
  expect(await world.bot.status("/healthz")).toBe(200);
  expect((await office.ask(ada, "pending")).text).toMatch(WORDS);
  const click = await office.press(grace, card, "Approve");
  expect(click.status).toBe(200);
  expect(click.text).toMatch(WORDS);
}

/** Where in an approval it happens. */
const POINTS: readonly (readonly [string, When, "first" | "last" | "write" | "read back"])[] = [
  ["at the first request", "before", "first"],
  ["between the intent and the write", "before", "last"],
  ["while the write is on its way", "before", "write"],
  ["right after the write, before its outcome", "after", "write"],
  ["at the reading back", "before", "read back"],
];

/** Numbers of the requests, by a look at an approval that nothing happens to. */
async function requestsOfApproval(): Promise<Readonly<Record<(typeof POINTS)[number][2], number>>> {
  const { number, card } = await office.propose("enable passkeys");
  const watch = atRequest(world, Number.POSITIVE_INFINITY, "before", () => {});
  await office.press(grace, card, "Approve");
  const requests = watch.requests.slice();
  watch.end();
  await office.carryThrough(number);
  const write = requests.findIndex(({ method }) => method === "PATCH") + 1;
  const last = requests.slice(0, write - 1).findLastIndex(isPolicyRead) + 1;
  return { first: 1, last, write, "read back": write + 1 };
}

describe.each(OUTAGES)("PostgreSQL goes away by %s", (how) => {
  it("between the steps: people are told, nothing is lost, and all goes on without a restart", async () => {
    const { number, card } = await office.propose("enable passkeys");
    const written = world.writes.patches.length;
    await goAway(how);
    await isPoliteMeanwhile(card);
    await comeBack();
    expect(world.writes.patches.length).toBe(written);
    expect(sightOf(await office.carryThrough(number))).toBe("applied");
    expect(world.writes.patches.length).toBe(written + 1);
    await everythingIsThere(`PostgreSQL: ${how}, between the steps`, 1);
  });

  it("at five moments of an approval, also between intent and outcome: written at most once, and said as it is", async () => {
    const numbers = await requestsOfApproval();
    const earlier = world.bot.output.length;
    for (const [, when, point] of POINTS) {
      world.writes.reset(untouched);
      const written = world.writes.patches.length;
      const { number, card } = await office.propose("enable passkeys");
      let going: Promise<void> | undefined;
      // From that request on Graph takes its time, so that PostgreSQL is away by the time anything is to be stored.
      world.onGraphRequest = () => (going === undefined ? 10 : AWAY_BY);
      const moment = atRequest(world, numbers[point], when, () => {
        going = goAway(how);
      });
      const answer = await office.press(grace, card, "Approve");
      expect(answer.status).toBe(200);
      expect(answer.text.length).toBeGreaterThan(20);
      expect(moment.happened).toBe(true);
      moment.end();
      await going;
      world.onGraphRequest = () => 10;
      await until(
        async () => (await world.bot.status("/readyz")) === 503 || undefined,
        () => "503",
      );
      await pause(300);
      await comeBack();
      expect(sightOf(await office.carryThrough(number))).toBe("applied");
      expect(world.tenant.policy.state).toBe("enabled");
      expect(world.writes.patches.length).toBe(written + 1);
    }
    // It was met between the write and its outcome: without that this test would not test what it means to.
    expect(world.bot.output.slice(earlier)).toContain("outcome-not-recorded");
    await everythingIsThere(`PostgreSQL: ${how}, during an approval`, POINTS.length);
  });
});

async function everythingIsThere(what: string, faults: number): Promise<void> {
  expect(world.bot.runs).toBe(true);
  expect(world.bot.pid).toBe(pid);
  const verdict = await world.judge();
  tally(what, faults, verdict);
  expect(verdict).toEqual(INTACT);
}
