import { afterEach, describe, expect, it } from "vitest";
import { pgBouncerProgram, startPgBouncer } from "../setup/pgbouncer.js";
import {
  type ProxyName,
  proxyProgram,
  type ReverseProxy,
  startReverseProxy,
} from "../setup/reverse-proxy.js";
import { BusyPeople } from "./busy-people.js";
import type { FaultBot } from "./fault-bot.js";
import { type FaultDatabase, postgresDatabase } from "./fault-database.js";
import { FaultWorld } from "./fault-world.js";
import { INTACT } from "./judge.js";
import { settled } from "./killed-stories.js";
import { ada, grace, katherine, Office } from "./office.js";
import { tally } from "./tally.js";
import { pause, until } from "./until.js";

const ROUNDS = 3;
/** How long a process serves on after SIGTERM: longer than infra/haproxy.cfg takes to notice. */
const DRAIN_SECONDS = 3;
/** For people to be at something when a process dies, and for the proxy to be in balance again. */
const BUSY_MS = 2_000;
/** A slow machine is no finding; an answer that a killed process owes comes late, or not at all. */
const [PATIENT_MS, GIVES_UP_AFTER_MS] = [90_000, 20_000];

/** What two processes stand behind, and between. */
interface Site {
  readonly world: FaultWorld;
  readonly proxy: ReverseProxy;
  readonly office: Office;
  readonly bots: readonly [FaultBot, FaultBot];
}

const programs = { haproxy: proxyProgram("haproxy"), nginx: proxyProgram("nginx") };
const bouncerProgram = pgBouncerProgram();
for (const [name, program] of Object.entries({ ...programs, pgbouncer: bouncerProgram })) {
  if (program === undefined)
    process.stderr.write(
      `Skipped: two processes behind a proxy: ${name} is not installed (Debian: apt install ${name === "nginx" ? "nginx-light" : name})\n`,
    );
}

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const each of close.reverse()) await each();
  close = [];
});

async function openSite(name: ProxyName, mode: "transaction" | "session"): Promise<Site> {
  const world = await FaultWorld.open({
    database: await throughPgBouncer(mode),
    replicas: 2,
    env: { DRAIN_SECONDS: String(DRAIN_SECONDS) },
  });
  close.push(() => world.close());
  const [one, two] = world.bots;
  if (one === undefined || two === undefined) throw new Error("there are two processes");
  const hosts = [new URL(one.url).host, new URL(two.url).host] as const;
  const proxy = await startReverseProxy(name, programs[name] ?? "", hosts);
  close.push(() => proxy.stop());
  world.teams.botUrl = proxy.url;
  const office = new Office(world);
  await office.install(ada, grace, katherine);
  const { number } = await office.propose("enable passkeys");
  await office.carryThrough(number);
  return { world, proxy, office, bots: [one, two] };
}

async function throughPgBouncer(mode: "transaction" | "session"): Promise<FaultDatabase> {
  const database = await postgresDatabase();
  const url = String(database.env.DATABASE_URL);
  const bouncer = await startPgBouncer(bouncerProgram ?? "", { server: url, mode }).catch(async (error) => {
    await database.close();
    throw error;
  });
  return {
    name: database.name,
    env: { DATABASE_URL: bouncer.through(url) },
    read: () => database.read(),
    async close() {
      await bouncer.stop();
      await database.close();
    },
  };
}

/** Of what two processes say of themselves: the largest of a gauge, or the sum of it. */
async function metric(
  { bots }: Site,
  name: string,
  labels: RegExp = /./,
): Promise<{ max: number; sum: number }> {
  const texts = await Promise.all(bots.map(async (bot) => (await fetch(`${bot.url}/metrics`)).text()));
  const values = texts.flatMap((text) =>
    text
      .split("\n")
      .filter((line) => line.startsWith(name) && labels.test(line))
      .map((line) => Number(line.split(" ").at(-1))),
  );
  return { max: Math.max(0, ...values), sum: values.reduce((sum, value) => sum + value, 0) };
}

/** Nothing is open any more, nothing was done twice, and what the processes count is what is stored. */
async function intact(site: Site): Promise<void> {
  const { world, office } = site;
  await settled(world);
  for (const { number, state } of (await world.database.read()).plans) {
    if (state.kind !== "applied") await office.carryThrough(number);
  }
  const { records, plans } = await world.database.read();
  expect(plans.map(({ state }) => state.kind).filter((kind) => kind !== "applied")).toEqual([]);
  expect(world.writes.patches).toHaveLength(plans.length);
  expect(await world.judge()).toEqual(INTACT);
  const counted = async () => (await metric(site, "latchkey_audit_records")).max === records.length;
  await until(counted, () => `${records.length} records to be counted`);
  expect(await metric(site, "latchkey_plans_open")).toEqual({ max: 0, sum: 0 });
  expect((await metric(site, "latchkey_duty_held", /"plans"/)).sum).toBe(1);
  expect((await metric(site, "latchkey_http_requests_total", /messages.*status="5/)).sum).toBe(0);
}

describe.skipIf(programs.haproxy === undefined || bouncerProgram === undefined)(
  "two processes behind haproxy",
  () => {
    it("are restarted one after the other and killed one after the other while people work: they see no error", async () => {
      const site = await openSite("haproxy", "transaction");
      const people = new BusyPeople(site.world, site.office);
      people.begin(PATIENT_MS);
      for (let round = 0; round < ROUNDS; round++) {
        for (const bot of site.bots) {
          expect(await bot.end("SIGTERM")).toBe(0);
          await bot.restart();
        }
      }
      await people.pause();
      for (const bot of site.bots) expect(bot.output).toContain('"event":"draining"');
      const { length: rolled } = people.said;
      expect({ unanswered: people.unanswered, errors: people.failedPresses }).toEqual({
        unanswered: [],
        errors: [],
      });
      expect([people.answeredTwice, people.cardsMissed]).toEqual([[], []]);

      people.begin(GIVES_UP_AFTER_MS);
      for (const bot of site.bots) {
        await pause(BUSY_MS);
        await bot.kill();
        await bot.restart();
      }
      await people.pause();
      // A message that was taken and not answered yet is lost with its process; Teams was told that it arrived.
      const unanswered = people.unanswered.filter(({ status }) => status === 200).length;
      expect(people.unanswered.filter(({ status }) => status !== 200)).toEqual([]);
      expect(people.failedPresses).toEqual([]);
      await intact(site);
      tally(
        "restarts and kill -9 behind haproxy and PgBouncer",
        ROUNDS * 2 + 2,
        await site.world.judge(),
        `${rolled} messages over ${ROUNDS * 2} restarts, all answered; ${people.said.length - rolled} over 2 kills, ` +
          `${unanswered} of which were lost with the process; ${people.presses.length} presses, no error.`,
      );
    });
  },
);

describe.skipIf(programs.nginx === undefined || bouncerProgram === undefined)(
  "two processes behind nginx",
  () => {
    it("carry a plan through while one is restarted and then the other", async () => {
      const site = await openSite("nginx", "session");
      const people = new BusyPeople(site.world, site.office);
      people.begin(PATIENT_MS);
      for (const bot of site.bots) {
        expect(await bot.end("SIGTERM")).toBe(0);
        await bot.restart();
      }
      await people.pause();
      expect({ unanswered: people.unanswered, errors: people.failedPresses }).toEqual({
        unanswered: [],
        errors: [],
      });
      await intact(site);
    });
  },
);
