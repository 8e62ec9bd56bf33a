import { sql } from "kysely";
import { type Database, storeFault } from "../engine/database.js";
import { MIGRATIONS, migrate } from "../migrations/migrate.js";
import type { Queries, Together } from "../schema.js";
import { COPIED_TABLES, type CopiedTable, type StoredRow } from "./copied-tables.js";
import { fence, isFenced } from "./fence.js";
import { migrationsOf, pages, tableNames } from "./read-copy.js";
import { RowDigest, type TableDigest } from "./row-digest.js";

/** Where rows come from. */
export interface RowSource {
  readonly migrations: readonly string[];
  /** Every row once, in any order. */
  eachRow(take: (table: string, row: StoredRow) => Promise<void>): Promise<void>;
  /** What has to be there afterwards; told when all rows were. */
  digests(): Readonly<Record<string, TableDigest>>;
}

/** Rows in one statement: so few that no database has too many parameters. */
const ROWS_A_STATEMENT = 50;

/**
 * Fills an empty store: all of it or nothing. What was stored is read again and compared before it counts. The store stays
 * fenced: no bot starts on it until the caller has done the rest.
 * @throws Fault when there is a store already, or what is read back is not what was to be stored
 */
export async function fillStore(database: Database, source: RowSource): Promise<void> {
  const unknown = source.migrations.find((name) => !Object.hasOwn(MIGRATIONS, name));
  if (unknown !== undefined)
    throw storeFault("filling it", `a later version of Latchkey wrote what is to be put there (${unknown})`);
  await database.run("looking whether it is empty", (queries) =>
    refuseOtherTables(queries, source.migrations),
  );
  const known = Object.entries(MIGRATIONS).filter(([name]) => source.migrations.includes(name));
  await migrate(database, Object.fromEntries(known));
  await database.migrating("filling it", (queries) =>
    queries.transaction().execute(async (statements) => {
      await refuseFull(statements, hasInstallations(source) && (await isFenced(statements)));
      await copyRows(statements, source);
      await compare(statements, source.digests());
      if (hasInstallations(source)) await fence(statements);
    }),
  );
  await migrate(database);
  // Of a store that is older than installations: the migration has just given it one.
  if (!hasInstallations(source)) await database.together("fencing it", (statements) => fence(statements));
}

const hasInstallations = ({ migrations }: RowSource): boolean => migrations.includes("002-sealed-plans");

async function refuseOtherTables(queries: Queries, migrations: readonly string[]): Promise<void> {
  const there = await migrationsOf(queries, await tableNames(queries));
  if (there.length === 0 || there.join() === migrations.join()) return;
  throw storeFault("filling it", "it has the tables of another version: give it a new, empty place");
}

/** A store whose restore or move did not come to its end may be filled again. */
async function refuseFull(statements: Together, isUnfinished: boolean): Promise<void> {
  const names = await tableNames(statements);
  for (const { name } of COPIED_TABLES.filter((table) => names.has(table.name))) {
    // A bot that was once started there has fetched the metadata, which is no one's data.
    if (isUnfinished || name === "fido_metadata")
      await sql`delete from ${sql.table(name)}`.execute(statements);
    else if ((await sql`select 1 from ${sql.table(name)} limit 1`.execute(statements)).rows.length > 0)
      throw storeFault("filling it", "a store is there already: give it a new, empty place");
  }
}

async function copyRows(statements: Together, source: RowSource): Promise<void> {
  let [table, rows]: [string, StoredRow[]] = ["", []];
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await insert(statements, table, rows);
    rows = [];
  };
  await source.eachRow(async (name, row) => {
    if (name !== table || rows.length === ROWS_A_STATEMENT) await flush();
    table = name;
    rows.push(row);
  });
  await flush();
}

async function insert(statements: Together, table: string, rows: readonly StoredRow[]): Promise<void> {
  if (!COPIED_TABLES.some(({ name }) => name === table))
    throw storeFault("filling it", `there is no table ${JSON.stringify(table)} in this version`);
  // Rows of a version whose columns may be others than those that the schema names today.
  const known = table as CopiedTable["name"];
  await statements
    .insertInto(known)
    .values(rows as never)
    .execute();
}

async function compare(statements: Together, expected: Readonly<Record<string, TableDigest>>): Promise<void> {
  for (const table of COPIED_TABLES.filter(({ name }) => Object.hasOwn(expected, name))) {
    const found = await digestOf(statements, table);
    if (found.rows === expected[table.name]?.rows && found.digest === expected[table.name]?.digest) continue;
    throw storeFault(
      "filling it",
      `table ${table.name} does not read back as it was stored; nothing was kept`,
    );
  }
}

async function digestOf(statements: Together, table: CopiedTable): Promise<TableDigest> {
  const digest = new RowDigest();
  for await (const page of pages(statements, table)) for (const row of page) digest.add(row);
  return digest.value;
}
