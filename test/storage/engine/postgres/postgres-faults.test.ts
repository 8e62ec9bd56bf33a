import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { makeCertificates } from "../../../../simulators/http/certificates.js";
import { verifyChain } from "../../../../src/core/audit/chain.js";
import { Fault } from "../../../../src/core/errors.js";
import type { PostgresOptions } from "../../../../src/storage/engine/postgres/postgres-pool.js";
import { openStore, type Store } from "../../../../src/storage/open-store.js";
import { draft, entry, TENANT } from "../../../contracts/stored-things.js";
import { type PostgresServer, startPostgres } from "../../../setup/postgres.js";
import { testCertificates } from "../../../setup/test-certificates.js";
import type { TestDatabase } from "../../../setup/test-databases.js";
import { HeardLog, postgresPlace } from "./postgres-places.js";

/** Servers start and stop here, which a busy machine may take its time for. */
const TIMED = { timeout: 300_000 };

let server: PostgresServer;
let database: TestDatabase;
let stores: Store[];
beforeAll(async () => {
  const folder = process.env.LATCHKEY_TEST_CERTIFICATES ?? "";
  server = await startPostgres({
    durable: true,
    tls: { keyFile: join(folder, "key.pem"), certFile: join(folder, "cert.pem") },
  });
});
afterAll(() => server.remove());

beforeEach(async () => {
  database = await server.createDatabase();
  stores = [];
});
afterEach(async () => {
  for (const store of stores) await store.close();
  await database.drop();
}, TIMED.timeout);

async function open(changes: Partial<PostgresOptions> = {}): Promise<Store> {
  const store = await openStore({ postgres: postgresPlace(database.url, changes) });
  stores.push(store);
  return store;
}

async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const outcome = await work.catch((error: unknown) => error);
  if (!(outcome instanceof Fault)) throw new Error(`expected a Fault, got ${outcome}`);
  expect(outcome.code).toBe("store-unavailable");
  return outcome;
}

const endConnections = () =>
  database.run(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'latchkey'`);

describe("a PostgreSQL server that goes away", TIMED, () => {
  it.each(["fast", "immediate"] as const)("and comes back is used again by itself (%s)", async (how) => {
    const store = await open();
    await store.plans.create(draft(), [entry()]);
    expect(await store.isReady()).toBe(true);

    await server.stop(how);
    expect(await store.isReady()).toBe(false);
    const fault = await faultOf(store.plans.create(draft(), [entry()]));
    expect(fault.message).toBe(
      `The store failed while storing a new plan: nothing answers at 127.0.0.1:${server.port}/${database.name}; ` +
        "is PostgreSQL running there (ECONNREFUSED).",
    );

    await server.restart();
    expect(await store.isReady()).toBe(true);
    expect((await store.plans.create(draft(), [entry()])).number).toBe(2);
    expect(verifyChain(await store.audit.read(TENANT))).toMatchObject({
      kind: "intact",
      head: { sequence: 2 },
    });
  });

  it("in the middle of work loses nothing that was answered, and keeps nothing by halves", async () => {
    const store = await open();
    const answered: number[] = [];
    let stopped = false;
    const work = async (): Promise<void> => {
      while (!stopped) {
        const plan = await store.plans.create(draft(), [entry()]).catch((error: unknown) => error);
        if (plan instanceof Error) expect(plan).toMatchObject({ code: "store-unavailable" });
        else answered.push((plan as { number: number }).number);
      }
    };
    const workers = [work(), work(), work()];
    while (answered.length < 20) await new Promise(setImmediate);
    await server.stop("immediate");
    stopped = true;
    await Promise.all(workers);
    await server.restart();
    const numbers = (await store.plans.open(TENANT)).map((plan) => plan.number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(numbers).toEqual(expect.arrayContaining(answered));
    expect(verifyChain(await store.audit.read(TENANT))).toMatchObject({
      kind: "intact",
      head: { sequence: numbers.length },
    });
  });

  it("between two queries fails at most the queries that had its connections", async () => {
    const store = await open();
    await Promise.all(Array.from({ length: 5 }, () => store.audit.read(TENANT)));
    await endConnections();
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => store.audit.read(TENANT)));
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "store-unavailable" });
    }
    expect(await store.audit.read(TENANT)).toEqual([]);
  });

  it("while nobody uses a connection is noted in the log, and ends nothing else", async () => {
    const log = new HeardLog();
    const store = await open({ log });
    await store.audit.read(TENANT);
    await endConnections();
    await vi.waitFor(() => expect(log.events).toContain("store-connection-lost"), { timeout: 10_000 });
    expect(await store.audit.read(TENANT)).toEqual([]);
  });

  it("inside a transaction undoes it, and says that the connection was lost", async () => {
    const store = await open();
    await store.plans.create(draft(), [entry()]);
    await database.run(`
      create function hang_up() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger hanging_up before insert on audit for each row execute function hang_up()`);
    const fault = await faultOf(store.plans.create(draft(), [entry()]));
    expect(fault.message).toMatch(/is shutting down \(57P01\)|the connection to .* was lost/);
    await database.run("drop function hang_up cascade");
    expect((await store.plans.create(draft(), [entry()])).number).toBe(2);
  });

  it("is no store to open", async () => {
    await server.stop();
    const fault = await faultOf(open());
    await server.restart();
    expect(fault.message).toContain("preparing its tables: nothing answers at");
  });
});

describe("a PostgreSQL server that says no", TIMED, () => {
  it("to the password", async () => {
    const fault = await faultOf(open({ password: async () => "wr0ng" }));
    expect(fault.message).toMatch(/does not accept the user or the password of DATABASE_URL \(28P01\)\.$/);
    expect(fault.message).not.toContain("wr0ng");
  });

  it("to a user it does not know", async () => {
    expect((await faultOf(open({ user: "nobody" }))).message).toContain("(28P01)");
  });

  it("to a database that is not there", async () => {
    const fault = await faultOf(open({ database: "nowhere" }));
    expect(fault.message).toBe(
      `The store failed while preparing its tables: there is no database 127.0.0.1:${server.port}/nowhere; create it (3D000).`,
    );
  });

  it("to writing, for as long as it does", async () => {
    const store = await open();
    const readOnly = (value: "on" | "off") =>
      database.run([
        "set default_transaction_read_only = off",
        `alter database ${database.name} set default_transaction_read_only = ${value}`,
      ]);
    await readOnly("on");
    await endConnections();
    let fault = await faultOf(store.audit.append(entry()));
    // The first may still have had one of the connections that were ended.
    for (let more = 0; more < 10 && !fault.message.includes("25006"); more++) {
      fault = await faultOf(store.audit.append(entry()));
    }
    expect(fault.message).toMatch(/may be read but not written; is it a replica \(25006\)\.$/);
    await readOnly("off");
    // Connections that were made before still may not write: none of them is used again.
    expect(await store.audit.append(entry())).toMatchObject({ sequence: 1 });
  });

  it("to more connections", async () => {
    await database.run(`alter database ${database.name} connection limit 0`);
    await database.run(`create role limited login password 'l1mited'`);
    const fault = await faultOf(open({ user: "limited", password: async () => "l1mited" }));
    await database.run("drop role limited");
    expect(fault.message).toMatch(/has too many connections already \(53300\)\.$/);
  });
});

describe("the password", TIMED, () => {
  it("is asked for by each new connection", async () => {
    let asked = 0;
    const { password } = postgresPlace(database.url);
    const store = await open({
      password: () => {
        asked += 1;
        return password();
      },
    });
    await store.audit.read(TENANT);
    const before = asked;
    await store.audit.read(TENANT);
    expect(asked).toBe(before);
    await endConnections();
    await store.audit.read(TENANT).catch(() => {});
    await store.audit.read(TENANT);
    expect(asked).toBeGreaterThan(before);
  });

  it("that cannot be had is said in words, and asked for again", async () => {
    let down = true;
    const { password } = postgresPlace(database.url);
    const token = async (): Promise<string> => {
      if (down) throw new Fault("app-sign-in-failed", "Entra does not answer.");
      return password();
    };
    const fault = await faultOf(open({ password: token }));
    expect(fault.message).toBe(
      "The store failed while preparing its tables: " +
        `there is no password for 127.0.0.1:${server.port}/${database.name}: Entra does not answer.`,
    );
    expect(fault.cause).toMatchObject({ cause: { code: "app-sign-in-failed" } });
    down = false;
    expect(await (await open({ password: token })).isReady()).toBe(true);
  });
});

describe("TLS to a PostgreSQL server", TIMED, () => {
  const sessions = () =>
    database.run(`select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid)
      where application_name = 'latchkey' and datname = '${database.name}'`);

  it("is used when asked for, by an authority that a file names", async () => {
    const { caPem } = await testCertificates();
    const store = await open({ tls: { kind: "verified", ca: caPem } });
    await store.plans.create(draft(), [entry()]);
    expect(await sessions()).toEqual([{ ssl: true }]);
  });

  it("is used when asked for, by an authority that Node knows", async () => {
    const store = await open({ host: "localhost", tls: { kind: "verified", ca: undefined } });
    expect(await store.isReady()).toBe(true);
    expect(await sessions()).toEqual([{ ssl: true }]);
  });

  it("is refused with a certificate by another authority", async () => {
    const { caPem } = await makeCertificates();
    const fault = await faultOf(open({ tls: { kind: "verified", ca: caPem } }));
    expect(fault.message).toContain("is not by an authority that is trusted here; see sslrootcert");
  });

  it("is refused by a server that has none", async () => {
    await database.run("alter system set ssl = off");
    await server.restart();
    const { caPem } = await testCertificates();
    const fault = await faultOf(open({ tls: { kind: "verified", ca: caPem } }));
    await database.run("alter system reset ssl");
    await server.restart();
    expect(fault.message).toContain("does not speak TLS; see sslmode");
  });

  it("is not used when not asked for", async () => {
    await (await open()).plans.create(draft(), [entry()]);
    expect(await sessions()).toEqual([{ ssl: false }]);
  });
});
