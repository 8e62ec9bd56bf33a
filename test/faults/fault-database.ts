import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import type { AuditRecord } from "../../src/core/audit/record.js";
import type { Plan } from "../../src/core/plan/plan.js";
import { type PostgresServer, startPostgres } from "../setup/postgres.js";

/** What is kept, read past the bot. */
export interface Stored {
  readonly records: readonly AuditRecord[];
  readonly plans: readonly Plan[];
}

/** A database that a bot keeps its things in, whichever it is. */
export interface FaultDatabase {
  readonly name: "SQLite" | "PostgreSQL";
  /** What tells the bot of it. */
  readonly env: NodeJS.ProcessEnv;
  /** What is in it now, without the bot's help and without changing anything. */
  read(): Promise<Stored>;
  close(): Promise<void>;
}

const RECORDS = "select hash, body from audit order by sequence";
const PLANS = "select body from plans order by number";
/** Before the first start there are no tables. */
const TABLES = "select count(*) as count from sqlite_master where name = 'plans'";

type Row = Readonly<Record<string, unknown>>;

function stored(records: readonly Row[], plans: readonly Row[]): Stored {
  return {
    records: records.map(({ body, hash }) => ({ ...JSON.parse(String(body)), hash })),
    plans: plans.map(({ body }) => JSON.parse(String(body))),
  };
}

/** SQLite in a folder of its own, or in one that whoever made it removes. */
export function sqliteDatabase(given?: string): FaultDatabase {
  const folder = given ?? mkdtempSync(join(tmpdir(), "latchkey-faults-"));
  const dataDir = join(folder, "data");
  return {
    name: "SQLite",
    env: { DATA_DIR: dataDir },
    async read() {
      // A copy: whoever opens the file itself would repair what a crash left, and that is for the bot to do.
      const copy = mkdtempSync(join(tmpdir(), "latchkey-copy-"));
      try {
        cpSync(dataDir, copy, { recursive: true });
        return readFile(join(copy, "latchkey.db"));
      } finally {
        rmSync(copy, { recursive: true, force: true });
      }
    },
    async close() {
      rmSync(given === undefined ? folder : dataDir, { recursive: true, force: true });
    },
  };
}

function readFile(file: string): Stored {
  const database = new Libsql(file);
  try {
    const rows = (sql: string) => database.prepare(sql).all() as Row[];
    return rows(TABLES)[0]?.count === 0 ? stored([], []) : stored(rows(RECORDS), rows(PLANS));
  } finally {
    database.close();
  }
}

interface PostgresUnderTest extends FaultDatabase {
  readonly server: PostgresServer;
  query(sql: string): Promise<readonly Row[]>;
}

/** PostgreSQL on a server of its own, which writes to the disk before it answers. */
export async function postgresDatabase(): Promise<PostgresUnderTest> {
  const server = await startPostgres({ durable: true });
  const database = await server.createDatabase();
  return {
    name: "PostgreSQL",
    server,
    env: { DATABASE_URL: database.url },
    query: (sql) => database.run(sql),
    async read() {
      const [plans, records] = [await database.run(PLANS), await database.run(RECORDS)];
      return stored(records, plans);
    },
    close: () => server.remove(),
  };
}
