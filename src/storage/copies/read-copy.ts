import { Kysely, sql } from "kysely";
import { Fault } from "../../core/errors.js";
import { storeFault } from "../engine/database.js";
import type { Engine } from "../engine/engine.js";
import type { Queries, Tables, Together } from "../schema.js";
import { COPIED_TABLES, type CopiedTable, type StoredRow } from "./copied-tables.js";

/** All of a store as at one moment, while processes go on writing to it. */
export interface StoreCopy {
  /** The migrations by which its tables came to be. */
  readonly migrations: readonly string[];
  /** The tables it has, which are fewer in a store of an earlier version. */
  readonly tables: readonly CopiedTable[];
  rows(table: CopiedTable): AsyncIterable<readonly StoredRow[]>;
  /** The last record of each tenant. */
  heads(): Promise<readonly CopiedHead[]>;
}

export interface CopiedHead {
  readonly tenantId: string;
  readonly sequence: number;
  readonly hash: string;
}

/** A page stays in memory, and a plan may be a megabyte. */
const ROWS_A_PAGE = 100;

/**
 * Lets `work` read in one transaction that writes nothing, and gives the engine back afterwards.
 * @throws Fault when the store cannot be read, or nothing of ours is in it
 */
export async function readCopy<T>(
  engine: Pick<Engine, "dialect" | "explain" | "release">,
  work: (copy: StoreCopy) => Promise<T>,
): Promise<T> {
  const queries = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    return await queries
      .transaction()
      .setIsolationLevel("repeatable read")
      .setAccessMode("read only")
      .execute(async (statements) => work(await copyOf(statements)));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw storeFault("copying it", engine.explain(error), error);
  } finally {
    await queries.destroy();
    engine.release();
  }
}

async function copyOf(statements: Together): Promise<StoreCopy> {
  const names = await tableNames(statements);
  const tables = COPIED_TABLES.filter(({ name }) => names.has(name));
  const migrations = await migrationsOf(statements, names);
  if (migrations.length === 0) throw storeFault("copying it", "nothing of Latchkey's is in it");
  return {
    migrations,
    tables,
    rows: (table) => pages(statements, table),
    heads: () => heads(statements),
  };
}

/** Every table of the database, also those of others. */
export async function tableNames(queries: Queries): Promise<ReadonlySet<string>> {
  const tables = await queries.introspection.getTables({ withInternalKyselyTables: true });
  return new Set(tables.map(({ name }) => name));
}

/** The migrations that were run, in their order. */
export async function migrationsOf(queries: Queries, names: ReadonlySet<string>): Promise<readonly string[]> {
  if (!names.has("kysely_migration")) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(
    queries,
  );
  return rows.map(({ name }) => name);
}

/** A table in order of its key, page by page. */
export async function* pages(
  queries: Queries,
  { name, key }: CopiedTable,
): AsyncIterable<readonly StoredRow[]> {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  for (let last: StoredRow | undefined; ; ) {
    const after =
      last === undefined
        ? sql``
        : sql`where (${columns}) > (${sql.join(key.map((column) => last?.[column]))})`;
    const page = sql<StoredRow>`select * from ${sql.table(name)} ${after} order by ${columns} limit ${sql.lit(ROWS_A_PAGE)}`;
    const { rows } = await page.execute(queries);
    if (rows.length > 0) yield rows;
    if (rows.length < ROWS_A_PAGE) return;
    last = rows.at(-1);
  }
}

async function heads(queries: Queries): Promise<readonly CopiedHead[]> {
  const ends = await queries
    .selectFrom("audit")
    .select((audit) => ["tenant_id", audit.fn.max("sequence").as("last")])
    .groupBy("tenant_id")
    .orderBy("tenant_id")
    .execute();
  const found: CopiedHead[] = [];
  for (const { tenant_id, last } of ends) {
    const row = queries.selectFrom("audit").select(["sequence", "hash"]).where("tenant_id", "=", tenant_id);
    const { sequence, hash } = await row.where("sequence", "=", Number(last)).executeTakeFirstOrThrow();
    found.push({ tenantId: tenant_id, sequence, hash });
  }
  return found;
}
