import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { verifyChain } from "../../../../src/core/audit/chain.js";
import { replicaId } from "../../../../src/core/person.js";
import type { Scan } from "../../../../src/core/scan/scan.js";
import { Database } from "../../../../src/storage/engine/database.js";
import { openPostgres } from "../../../../src/storage/engine/postgres/postgres.js";
import { MIGRATIONS } from "../../../../src/storage/migrations/migrate.js";
import { takeTurn } from "../../../../src/storage/numbering.js";
import { openStore, type Store } from "../../../../src/storage/open-store.js";
import { account, inventory, read, scan } from "../../../contracts/scanned-things.js";
import {
  ADA,
  applying,
  draft,
  entry,
  entryOf,
  ROOM,
  TENANT,
  waiting,
} from "../../../contracts/stored-things.js";
import { postgresForTests } from "../../../setup/postgres-for-tests.js";
import type { TestDatabase } from "../../../setup/test-databases.js";
import { postgresPlace } from "./postgres-places.js";

let database: TestDatabase;
let stores: Store[];
beforeEach(async () => {
  database = await (await postgresForTests()).createDatabase();
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await database.drop();
});

/** Each is what a process of its own has: its connections, and nothing in common but the database. */
async function openStores(count: number): Promise<readonly Store[]> {
  const opening = Array.from({ length: count }, () => openStore({ postgres: postgresPlace(database.url) }));
  stores.push(...(await Promise.all(opening)));
  return stores;
}
async function twoStores(): Promise<[Store, Store]> {
  const [one, two] = await openStores(2);
  if (one === undefined || two === undefined) throw new Error("expected two stores");
  return [one, two];
}

async function joinable(store: Store): Promise<Scan> {
  const running = scan("first", { askers: [{ person: ADA, conversation: ROOM, shows: "at-once" }] });
  await store.scans.begin(running);
  return running;
}

/** Until a statement of the store waits for somebody else's transaction. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select 1 from pg_stat_activity where application_name = 'latchkey'
    and datname = current_database() and wait_event_type = 'Lock'`;
  await vi.waitUntil(async () => (await database.run(waiting)).length > 0, { timeout: 300_000 });
}

describe("several processes on one PostgreSQL database", () => {
  it("may start at the same moment on an empty one", async () => {
    const opened = await openStores(5);
    for (const store of opened) expect(await store.isReady()).toBe(true);
    expect(await database.run("select name from kysely_migration order by name")).toEqual(
      Object.keys(MIGRATIONS).map((name) => ({ name })),
    );
  });

  it("number two hundred plans made at once without a gap, in one chain", async () => {
    const [one, two] = await twoStores();
    const made = Array.from({ length: 200 }, (_, index) =>
      (index % 2 === 0 ? one : two).plans.create(draft(), [entry()]),
    );
    const numbers = (await Promise.all(made)).map((plan) => plan.number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    const records = await one.audit.read(TENANT);
    expect(verifyChain(records)).toMatchObject({ kind: "intact", head: { sequence: 200 } });
    expect(records.map((record) => record.planNumber)).toEqual(
      Array.from({ length: 200 }, (_, index) => index + 1),
    );
  });

  it("apply one plan of a tenant at a time: of two at once, one is told that it is busy", async () => {
    const [one, two] = await twoStores();
    for (let round = 0; round < 10; round++) {
      const [a, b] = [await one.plans.create(draft(), [entry()]), await two.plans.create(draft(), [entry()])];
      const results = await Promise.all([
        one.plans.replace({ ...a, state: applying }, [
          entryOf(a, "plan-approved"),
          entryOf(a, "write-intended"),
        ]),
        two.plans.replace({ ...b, state: applying }, [
          entryOf(b, "plan-approved"),
          entryOf(b, "write-intended"),
        ]),
      ]);
      expect(results.map(({ kind }) => kind).sort()).toEqual(["busy", "replaced"]);
      for (const result of results) {
        if (result.kind === "replaced")
          await one.plans.replace({ ...result.plan, state: waiting }, [
            entryOf(result.plan, "attempt-failed"),
          ]);
      }
    }
    const records = await one.audit.read(TENANT);
    const count = (event: string) => records.filter((record) => record.event === event).length;
    expect([count("write-intended"), count("attempt-failed")]).toEqual([10, 10]);
    expect(verifyChain(records)).toMatchObject({ kind: "intact" });
  });

  it("decide about a plan once: of two at once, one is told that it came too late", async () => {
    const [one, two] = await twoStores();
    for (let round = 0; round < 10; round++) {
      const plan = await one.plans.create(draft(), [entry()]);
      const note = { kind: "scanned-anew", at: plan.createdAt } as const;
      const results = await Promise.all(
        [one, two].map((store) => store.plans.replace({ ...plan, note }, [entryOf(plan, "plan-approved")])),
      );
      expect(results.map(({ kind }) => kind).sort()).toEqual(["conflict", "replaced"]);
    }
    expect(await one.audit.read(TENANT)).toHaveLength(20);
  });

  it("make one plan of what waited for a scan", async () => {
    const [one, two] = await twoStores();
    for (let round = 0; round < 10; round++) {
      const id = `waiting ${round}`;
      const { requester: person, conversation, createdAt: askedAt } = draft();
      await one.deferred.add({
        id,
        tenantId: TENANT,
        person,
        conversation,
        askedAt,
        kind: "revise",
        planNumber: 1,
      });
      const { proposal } = draft();
      const another = draft({ proposal: { ...proposal, fingerprint: `policy ${id}` } });
      const made = await Promise.all(
        [one, two].map((store) => store.plans.propose(another, [entry()], { deferredId: id })),
      );
      expect(made.map(({ kind }) => kind).sort()).toEqual(["answered", "created"]);
    }
    const events = (await one.audit.read(TENANT)).map(({ event }) => event);
    expect(events.filter((event) => event === "plan-proposed")).toHaveLength(10);
  });

  it("begin one scan, whoever is first, with everybody who asked", async () => {
    const [one, two] = await twoStores();
    for (let round = 0; round < 10; round++) {
      const begun = await Promise.all(
        [one, two, one, two].map((store, index) => {
          const asked = scan(`${round}-${index}`);
          const askers = asked.askers.map((asker) => ({
            ...asker,
            person: { ...asker.person, id: account(index).id },
          }));
          return store.scans.begin({ ...asked, askers });
        }),
      );
      expect(begun.filter(({ joined }) => !joined)).toHaveLength(1);
      expect(new Set(begun.map((each) => each.scan.scanId)).size).toBe(1);
      const running = await two.scans.running(TENANT);
      expect(new Set(running?.askers.map((asker) => asker.person.id)).size).toBe(4);
      if (running !== undefined) await one.scans.discard(running);
    }
  });

  it("join a scan or begin another, and never the one that ends at that moment", async () => {
    const [one, two] = await twoStores();
    for (let round = 0; round < 10; round++) {
      const running = scan(`first ${round}`);
      await one.scans.begin(running);
      const [finished, begun] = await Promise.all([
        one.scans.finish(running, inventory(running)),
        two.scans.begin(scan(`second ${round}`)),
      ]);
      if (begun.joined) {
        expect(begun.scan.scanId).toBe(running.scanId);
        expect(await two.scans.running(TENANT)).toBeUndefined();
        expect(finished.askers).toEqual(begun.scan.askers);
      } else {
        expect((await one.scans.running(TENANT))?.scanId).toBe(begun.scan.scanId);
        await one.scans.discard(begun.scan);
      }
    }
  });

  it("see who joined while the scan is about to end", async () => {
    const [one] = await twoStores();
    const running = await joinable(one);
    const other = await database.connect();
    await other.run("begin; update scans set body = replace(body, 'Ada', 'Joined')");
    const finishing = one.scans.finish(running, inventory(running));
    await somebodyWaits();
    await other.run("commit");
    await other.end();
    expect((await finishing).askers.map((asker) => asker.person.name)).toEqual([
      expect.stringMatching("Joined"),
    ]);
  });

  it("do not join a scan that ends while they wait for it", async () => {
    const [one] = await twoStores();
    await joinable(one);
    const other = await database.connect();
    await other.run("begin; update scans set state = 'finished'");
    const beginning = one.scans.begin(scan("next"));
    await somebodyWaits();
    await other.run("commit");
    await other.end();
    expect(await beginning).toMatchObject({ joined: false, scan: { scanId: scan("next").scanId } });
  });

  it("keep nothing about a scan that another has ended", async () => {
    const [one, two] = await twoStores();
    for (let round = 0; round < 10; round++) {
      const running = scan(`scan ${round}`);
      await one.scans.begin(running);
      await one.scans.addPeople(running, [account(1), account(2)], { carry: false });
      const [settled] = await Promise.all([
        one.scans.keepAnswers(running, read(account(1), account(2))).catch((error: unknown) => error),
        two.scans.discard(running),
      ]);
      if (settled !== undefined) expect(settled).toMatchObject({ code: "store-unavailable" });
      expect(await database.run("select * from scan_people")).toEqual([]);
    }
  });

  it("do not wait for one that is paused in the middle of a transaction, and keep nothing of what it did", async () => {
    const [one] = await openStores(1);
    await one?.audit.append(entry());
    const paused = new Database(openPostgres(postgresPlace(database.url)));
    let goOn = (): void => {};
    const pause = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let hasTurn = (): void => {};
    const turn = new Promise<void>((resolve) => {
      hasTurn = resolve;
    });
    const work = paused.together("working", async (statements) => {
      await takeTurn(statements, TENANT);
      await statements.updateTable("tenants").set({ last_plan: 99 }).execute();
      hasTurn();
      await pause;
    });
    const ended = work.catch((error: unknown) => error);
    await turn;
    expect(await one?.audit.append(entry())).toMatchObject({ sequence: 2 });
    goOn();
    expect(await ended).toMatchObject({ code: "store-unavailable" });
    expect((await one?.plans.create(draft(), [entry()]))?.number).toBe(1);
    await paused.close();
  });

  it("have a duty one at a time", async () => {
    const [one, two] = await twoStores();
    const [a, b] = [replicaId("a"), replicaId("b")];
    for (let round = 0; round < 20; round++) {
      const taken = await Promise.all([
        one.replicas.transfer(TENANT, "scan", { from: undefined, to: a }),
        two.replicas.transfer(TENANT, "scan", { from: undefined, to: b }),
      ]);
      expect(taken.filter(Boolean)).toHaveLength(1);
      const holder = taken[0] ? a : b;
      expect(await one.replicas.holder(TENANT, "scan")).toBe(holder);
      // Both believe that the holder is gone.
      const over = await Promise.all([
        one.replicas.transfer(TENANT, "scan", { from: holder, to: replicaId("c") }),
        two.replicas.transfer(TENANT, "scan", { from: holder, to: replicaId("d") }),
      ]);
      expect(over.filter(Boolean)).toHaveLength(1);
      await two.replicas.leave(replicaId(over[0] ? "c" : "d"));
    }
  });
});
