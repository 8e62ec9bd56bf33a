import { randomUUID } from "node:crypto";
import pg from "pg";

export const USER = "latchkey";
export const PASSWORD = "a password: of / @ & many % signs";

/** The databases of a server that tests use. */
export interface TestDatabases {
  /** Of the database that is there from the beginning, for DATABASE_URL. */
  readonly url: string;
  /**
   * Makes an empty database, or a copy of another one that nobody is connected to. The one who made it drops it, so
   * that they do not fill the disk.
   */
  createDatabase(options?: { readonly template?: TestDatabase }): Promise<TestDatabase>;
}

export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Runs statements over a connection of their own, those of one text together. @returns the rows of the last one */
  run(sql: string | readonly string[]): Promise<readonly Row[]>;
  /** A connection of one's own, for what is to be under way while something else happens. */
  connect(): Promise<TestConnection>;
  /** Whoever is still connected to it is thrown out. */
  drop(): Promise<void>;
}

export interface TestConnection {
  run(sql: string): Promise<readonly Row[]>;
  end(): Promise<void>;
}
export type Row = Readonly<Record<string, unknown>>;

export function testDatabases(port: number): TestDatabases {
  const urlOf = (database: string): string =>
    `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`;
  const url = urlOf("postgres");
  return {
    url,
    async createDatabase({ template } = {}) {
      const name = `test_${randomUUID().replaceAll("-", "")}`;
      await statements(url, `create database ${name} template ${template?.name ?? "template0"}`);
      return {
        name,
        url: urlOf(name),
        run: (sql) => statements(urlOf(name), sql),
        connect: () => connect(urlOf(name)),
        drop: async () => {
          await statements(url, `drop database if exists ${name} with (force)`);
        },
      };
    },
  };
}

async function statements(url: string, sql: string | readonly string[]): Promise<readonly Row[]> {
  const connection = await connect(url);
  try {
    let rows: readonly Row[] = [];
    for (const one of [sql].flat()) rows = await connection.run(one);
    return rows;
  } finally {
    await connection.end();
  }
}

async function connect(url: string): Promise<TestConnection> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    async run(sql) {
      const result: pg.QueryResult | readonly pg.QueryResult[] = await client.query(sql);
      return (Array.isArray(result) ? result.at(-1) : result).rows;
    },
    end: () => client.end(),
  };
}
