import type { Activity } from "botbuilder";
import Libsql from "libsql";
import pg from "pg";
import type { KeptIn } from "../kept-in.js";
import { EchoReads, type GraphAsApp } from "./echo-reads.js";

/** What an echo bot does before it answers. */
export type EchoWork =
  | { readonly kind: "nothing" }
  /** The sender's roles and the policy, without which `show policy` cannot be. */
  | { readonly kind: "two reads" }
  /** The same requests as `show policy` makes. */
  | { readonly kind: "reads of show policy" }
  /** The message, as one row that is on the disk before the answer. */
  | { readonly kind: "one commit"; readonly keptIn: KeptIn }
  /** The same requests as `enable passkeys` makes, and then one commit. */
  | { readonly kind: "reads of enable passkeys, one commit"; readonly keptIn: KeptIn };

/** Done for each message. */
type Work = (activity: Activity) => Promise<void>;

export async function echoWork(work: EchoWork, graph: GraphAsApp): Promise<Work> {
  const reads = new EchoReads(graph);
  switch (work.kind) {
    case "nothing":
      return async () => {};
    case "two reads":
      return ofSender(reads.two());
    case "reads of show policy":
      return ofSender(reads.asShowPolicy());
    case "one commit":
      return commitTo(work.keptIn);
    case "reads of enable passkeys, one commit": {
      const [read, commit] = [ofSender(await reads.asEnable()), await commitTo(work.keptIn)];
      return async (activity) => {
        await read(activity);
        await commit(activity);
      };
    }
  }
}

const ofSender =
  (reads: (sender: string) => Promise<void>): Work =>
  ({ from }) =>
    reads(from.aadObjectId ?? "");

const TABLE = "create table echoes (id text, text text)";

async function commitTo(keptIn: KeptIn): Promise<Work> {
  return "DATA_DIR" in keptIn ? commitToSqlite(keptIn) : commitToPostgres(keptIn);
}

function commitToSqlite({ DATA_DIR }: Extract<KeptIn, { DATA_DIR: string }>): Work {
  const database = new Libsql(`${DATA_DIR}-echo.db`);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec(TABLE);
  const insert = database.prepare("insert into echoes values (?, ?)");
  return async ({ id, text }) => {
    insert.run([id, text]);
  };
}

async function commitToPostgres({ DATABASE_URL }: Extract<KeptIn, { DATABASE_URL: string }>): Promise<Work> {
  const pool = new pg.Pool({ connectionString: DATABASE_URL });
  await pool.query(TABLE);
  return async ({ id, text }) => {
    await pool.query("insert into echoes values ($1, $2)", [id, text]);
  };
}
