import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import type { Engine } from "../../../src/storage/engine/engine.js";
import type { StorePlace } from "../../../src/storage/engine/open-engine.js";
import { openPostgres } from "../../../src/storage/engine/postgres/postgres.js";
import { openSqlite } from "../../../src/storage/engine/sqlite/sqlite.js";
import { postgresForTests } from "../../setup/postgres-for-tests.js";
import { postgresPlace } from "../engine/postgres/postgres-places.js";

/** Where a test has a database of its own, which is empty at first. */
export interface DatabasePlace {
  readonly place: StorePlace;
  open(): Engine;
  /** Its tables and indexes, as the database itself tells them. Nothing may have it open. */
  definitions(): Promise<string>;
  remove(): Promise<void>;
}

/** The kinds of databases there are, each with how a test comes by one. */
export const DATABASES: readonly (readonly [string, () => Promise<DatabasePlace>])[] = [
  ["SQLite", inFolder],
  ["PostgreSQL", onServer],
];

const inLines = (rows: readonly unknown[]): string => rows.map((row) => `${row}\n`).join("");

async function inFolder(): Promise<DatabasePlace> {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-migrate-"));
  return {
    place: { dataDir: folder },
    open: () => openSqlite(folder),
    async definitions() {
      const database = new Libsql(join(folder, "latchkey.db"));
      const own = "sql is not null and name not like 'sqlite%' and tbl_name not like 'kysely%'";
      const rows = database
        .prepare(`select sql from sqlite_master where ${own} order by tbl_name, name`)
        .all();
      database.close();
      return inLines(rows.map((row) => (row as { sql: string }).sql));
    },
    remove: async () => rmSync(folder, { recursive: true }),
  };
}

const POSTGRES_DEFINITIONS = `
  select line from (
    select table_name as of, 1 as part, ordinal_position as at, concat_ws(' ', table_name || '.' || column_name,
      data_type, case is_nullable when 'NO' then 'not null' end, 'default ' || column_default) as line
    from information_schema.columns where table_schema = 'public'
    union all
    select conrelid::regclass::text, 2, row_number() over (order by conname), conrelid::regclass || ': ' ||
      pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f', 'c')
    union all
    select tablename, 3, row_number() over (order by indexname), indexdef from pg_indexes where schemaname = 'public'
  ) as all_lines where of not like 'kysely%' order by of, part, at`;

async function onServer(): Promise<DatabasePlace> {
  const database = await (await postgresForTests()).createDatabase();
  const options = postgresPlace(database.url);
  return {
    place: { postgres: options },
    open: () => openPostgres(options),
    definitions: async () => inLines((await database.run(POSTGRES_DEFINITIONS)).map(({ line }) => line)),
    remove: () => database.drop(),
  };
}
