import { afterAll, beforeAll } from "vitest";
import { openStore } from "../../src/storage/open-store.js";
import { describeStore } from "../contracts/store-contract.js";
import { postgresForTests } from "../setup/postgres-for-tests.js";
import type { TestDatabase } from "../setup/test-databases.js";
import { postgresPlace } from "./engine/postgres/postgres-places.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await (await postgresForTests()).createDatabase();
});
afterAll(() => database.drop());

/** To make a database takes ten times as long as to empty one, and there are many tests. */
const EMPTY = `
  drop function if exists fail cascade;
  do $$ declare name text;
  begin
    for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
    loop execute 'delete from ' || name; end loop;
  end $$`;

describeStore("PostgreSQL", async () => {
  const place = { postgres: postgresPlace(database.url) };
  let store = await openStore(place);
  return {
    store,
    async reopen() {
      await store.close();
      store = await openStore(place);
      return store;
    },
    async meddle(sql) {
      await database.run(sql);
    },
    async failAt(moment) {
      await database.run(`
        create function fail() returns trigger language plpgsql as
          $$ begin raise exception 'failing'; end $$;
        create trigger failing ${moment} for each row execute function fail()`);
    },
    async mend() {
      await database.run("drop function fail cascade");
    },
    async close() {
      await store.close();
      await database.run(EMPTY);
    },
  };
});
