import { Client } from "@microsoft/microsoft-graph-client";
import type { Activity } from "botbuilder";
import Libsql from "libsql";
import pg from "pg";
import type { KeptIn } from "../kept-in.js";

/** What an echo bot does before it answers: the least that a turn of Latchkey cannot do without. */
export type EchoWork =
  | { readonly kind: "nothing" }
  /** The sender's roles and the policy, as `show policy` reads them. */
  | { readonly kind: "two reads" }
  /** The message, as one row that is on the disk before the answer. */
  | { readonly kind: "one commit"; readonly keptIn: KeptIn };

export interface GraphAsApp {
  readonly graphUrl: string;
  readonly token: () => Promise<string>;
}

/** Does it for each message. */
export async function echoWork(
  work: EchoWork,
  graph: GraphAsApp,
): Promise<(activity: Activity) => Promise<void>> {
  switch (work.kind) {
    case "nothing":
      return async () => {};
    case "two reads":
      return twoReads(graph);
    case "one commit":
      return "DATA_DIR" in work.keptIn ? commitToSqlite(work.keptIn) : commitToPostgres(work.keptIn);
  }
}

/** By Microsoft's client as it comes, which goes by `fetch` over connections that stay open. */
function twoReads({ graphUrl, token }: GraphAsApp): (activity: Activity) => Promise<void> {
  const client = Client.initWithMiddleware({
    baseUrl: graphUrl,
    customHosts: new Set([new URL(graphUrl).hostname]),
    authProvider: { getAccessToken: token },
  });
  return async ({ from }) => {
    const roles = client
      .api(`/users/${from.aadObjectId}/transitiveMemberOf/microsoft.graph.directoryRole`)
      .header("ConsistencyLevel", "eventual")
      .query({ $select: "displayName,roleTemplateId", $count: "true" })
      .get();
    const policy = client
      .api("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/fido2")
      .get();
    await Promise.all([roles, policy]);
  };
}

const TABLE = "create table echoes (id text, text text)";

function commitToSqlite({
  DATA_DIR,
}: Extract<KeptIn, { DATA_DIR: string }>): (activity: Activity) => Promise<void> {
  const database = new Libsql(`${DATA_DIR}-echo.db`);
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.exec(TABLE);
  const insert = database.prepare("insert into echoes values (?, ?)");
  return async ({ id, text }) => {
    insert.run([id, text]);
  };
}

async function commitToPostgres({
  DATABASE_URL,
}: Extract<KeptIn, { DATABASE_URL: string }>): Promise<(activity: Activity) => Promise<void>> {
  const pool = new pg.Pool({ connectionString: DATABASE_URL });
  await pool.query(TABLE);
  return async ({ id, text }) => {
    await pool.query("insert into echoes values ($1, $2)", [id, text]);
  };
}
