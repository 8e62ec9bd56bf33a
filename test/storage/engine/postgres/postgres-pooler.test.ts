import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyChain } from "../../../../src/core/audit/chain.js";
import { Database } from "../../../../src/storage/engine/database.js";
import { limitedQueries } from "../../../../src/storage/engine/postgres/limited-queries.js";
import { openPostgres } from "../../../../src/storage/engine/postgres/postgres.js";
import { LIMITS_MS } from "../../../../src/storage/engine/postgres/postgres-limits.js";
import { openStore } from "../../../../src/storage/open-store.js";
import { draft, entry, TENANT } from "../../../contracts/stored-things.js";
import { type PgBouncer, pgBouncerProgram, startPgBouncer } from "../../../setup/pgbouncer.js";
import { postgresForTests } from "../../../setup/postgres-for-tests.js";
import type { TestDatabase } from "../../../setup/test-databases.js";
import { postgresPlace } from "./postgres-places.js";

const program = pgBouncerProgram();
if (program === undefined) {
  process.stderr.write(
    "Skipped: PostgreSQL behind PgBouncer, which is not installed (Debian: apt install pgbouncer)\n",
  );
}

/** In the server's own words. */
const LIMITS = { statement: "10s", idle: "5s" };
const limits = sql<{
  statement: string;
  idle: string;
}>`select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle`;

let database: TestDatabase;
beforeAll(async () => {
  database = await (await postgresForTests()).createDatabase();
});
afterAll(() => database.drop());

/** What a statement alone, and one of a transaction, are limited by; many at a time, so that connections change hands. */
async function limitsInForce(url: string) {
  const engine = new Database(openPostgres(postgresPlace(url)));
  try {
    const alone = Array.from({ length: 8 }, () => engine.run("asking", (queries) => limits.execute(queries)));
    const together = Array.from({ length: 8 }, () =>
      engine.together("asking", (statements) => limits.execute(statements)),
    );
    const answers = await Promise.all([...alone, ...together]);
    return answers.map(({ rows }) => rows[0]);
  } finally {
    await engine.close();
  }
}

it("without a pooler every statement is under the server's limits", async () => {
  expect(new Set((await limitsInForce(database.url)).map((row) => JSON.stringify(row)))).toEqual(
    new Set([JSON.stringify(LIMITS)]),
  );
});

describe.skipIf(program === undefined).each(["session", "transaction"] as const)(
  "behind PgBouncer in %s mode",
  (mode) => {
    let bouncer: PgBouncer;
    let url: string;
    beforeAll(async () => {
      bouncer = await startPgBouncer(program ?? "", { server: database.url, mode });
      url = bouncer.through(database.url);
    });
    afterAll(() => bouncer.stop());

    it("every statement is under the server's limits, in a transaction and out of one", async () => {
      for (const row of await limitsInForce(url)) expect(row).toEqual(LIMITS);
    });

    it("no limit is left on a connection that another client of the pooler gets", async () => {
      await limitsInForce(url);
      const other = new pg.Client({ connectionString: url });
      await other.connect();
      const { rows } = await other.query("show statement_timeout");
      await other.end();
      expect(rows).toEqual([{ statement_timeout: "0" }]);
    });

    it("two processes make plans at the same time, no number twice and the chain intact", async () => {
      const stores = [
        await openStore({ postgres: postgresPlace(url) }),
        await openStore({ postgres: postgresPlace(url) }),
      ];
      const made = await Promise.all(
        Array.from({ length: 20 }, (_, at) => stores[at % 2]?.plans.create(draft(), [entry()])),
      );
      const numbers = made.map((plan) => plan?.number);
      expect(new Set(numbers).size).toBe(20);
      const records = (await stores[0]?.audit.read(TENANT, { limit: 1000 })) ?? [];
      expect(verifyChain(records)).toMatchObject({ kind: "intact" });
      for (const store of stores) await store.close();
    });

    it("a process that starts while another one works leaves no lock behind that the next would wait for", async () => {
      const working = new Database(openPostgres(postgresPlace(url)));
      let isOver = false;
      const work = Array.from({ length: 6 }, async () => {
        while (!isOver) await working.run("asking", (queries) => limits.execute(queries));
      });
      const starting = async () => {
        for (let at = 0; at < 5; at++) await (await openStore({ postgres: postgresPlace(url) })).close();
      };
      await starting().finally(async () => {
        isOver = true;
        await Promise.all(work);
        await working.close();
      });
      const [row] = await database.run(
        "select count(*) as locks from pg_locks join pg_database on pg_database.oid = database where locktype = 'advisory' and datname = current_database()",
      );
      expect(Number(row?.locks)).toBe(0);
    });

    it("a statement that fails is undone, and the connection goes on", async () => {
      const engine = new Database(openPostgres(postgresPlace(url)));
      const failing = () => engine.run("failing", (queries) => sql`select 1 / 0`.execute(queries));
      for (let at = 0; at < 12; at++) await expect(failing()).rejects.toThrow("division by zero");
      const { rows } = await engine.run("asking", (queries) => limits.execute(queries));
      expect(rows).toEqual([LIMITS]);
      await engine.close();
    });
  },
);

describe("limits that hold for a transaction at a time", () => {
  const asked = (sent: string[]) => async (text: string) => {
    sent.push(text);
    if (text === "fails") throw new Error("the statement's own");
    return { rows: [] };
  };
  const said = "set local statement_timeout = 10000; set local idle_in_transaction_session_timeout = 5000";

  it("are said with its first words, and again in the next one", async () => {
    const sent: string[] = [];
    const query = limitedQueries(asked(sent), "transaction", LIMITS_MS.serving);
    for (const text of ["start transaction isolation level read committed", "one", "commit", "two"])
      await query(text, []);
    expect(sent).toEqual([
      `start transaction isolation level read committed; ${said}`,
      "one",
      "commit",
      `begin; ${said}`,
      "two",
      "commit",
    ]);
  });

  it("leave a statement that fails its own error", async () => {
    const sent: string[] = [];
    const query = limitedQueries(asked(sent), "transaction", LIMITS_MS.serving);
    await expect(query("fails", [])).rejects.toThrow("the statement's own");
    expect(sent).toEqual([`begin; ${said}`, "fails", "rollback"]);
  });
});
