import { join } from "node:path";
import Libsql from "libsql";
import { summaryOf } from "../../src/core/plan/plan.js";
import type { TestDatabase } from "../setup/test-databases.js";
import type { Stage } from "./stage.js";

type Row = Readonly<Record<string, unknown>>;

/** What somebody can do who may write to the bot's database, while the bot runs: on either engine. */
export class StoreEditor {
  readonly #database: TestDatabase | undefined;
  readonly #file: string;
  constructor({ database, bot }: Pick<Stage, "database" | "bot">) {
    this.#database = database;
    this.#file = join(bot.dataDir, "latchkey.db");
  }

  /** Where the record can be verified. */
  get place(): NodeJS.ProcessEnv {
    const [dataDir] = this.#file.split("/latchkey.db");
    return this.#database === undefined ? { DATA_DIR: dataDir } : { DATABASE_URL: this.#database.url };
  }

  /** @returns the rows, of a statement that has some */
  async run(sql: string): Promise<readonly Row[]> {
    if (this.#database !== undefined) return this.#database.run(sql);
    const database = new Libsql(this.#file, { timeout: 5_000 });
    try {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all() as Row[];
      statement.run();
      return [];
    } finally {
      database.close();
    }
  }

  /** Edits a plan as carefully as can be: everything that stands beside it says the same. @returns how to put it back */
  async editPlan(number: number, change: (plan: StoredJson) => void): Promise<() => Promise<void>> {
    const [row] = await this.run(`select * from plans where number = ${number}`);
    const plan = JSON.parse(String(row?.body));
    change(plan);
    const set = (body: string, expiresAt: string, shown: string) =>
      this.run(
        `update plans set body = ${text(body)}, expires_at = ${text(expiresAt)}, summary = ${text(shown)} where number = ${number}`,
      );
    await set(JSON.stringify(plan), plan.expiresAt, JSON.stringify(summaryOf(plan)));
    return async () => {
      await set(String(row?.body), String(row?.expires_at), String(row?.summary));
    };
  }
}

// What is in the store is edited in whatever place an attacker likes.
// biome-ignore lint/suspicious/noExplicitAny: the shape is the program's, and an attacker keeps to none
export type StoredJson = any;

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
