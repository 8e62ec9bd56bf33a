import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseConnection, Dialect, Driver } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import { conversationId, replicaId } from "../../src/core/person.js";
import type { PostingIntent } from "../../src/core/stores.js";
import { Recorder } from "../../src/storage/audit/recorder.js";
import { Database } from "../../src/storage/engine/database.js";
import { openSqlite } from "../../src/storage/engine/sqlite/sqlite.js";
import { migrate } from "../../src/storage/migrations/migrate.js";
import { createPlanStore } from "../../src/storage/plans/plan-store.js";
import { createPostingStore } from "../../src/storage/postings/posting-store.js";
import { createTakenMessageStore } from "../../src/storage/replicas/taken-message-store.js";
import { AT, cancelled, draft, entry, entryOf, TENANT } from "../contracts/stored-things.js";

/** What the database is asked, each by its verb and table: "insert plans", "begin". */
const asked: string[] = [];

/** The dialect, which writes down what it is asked. */
function watched(dialect: Dialect): Dialect {
  const watchedConnection = (connection: DatabaseConnection): DatabaseConnection => ({
    executeQuery: (query) => {
      const [verb, table] = [
        /^\w+/.exec(query.sql)?.[0] ?? "",
        /(?:from|into|update) "(\w+)"/.exec(query.sql)?.[1],
      ];
      asked.push(table === undefined ? verb : `${verb} ${table}`);
      return connection.executeQuery(query);
    },
    streamQuery: (query, size) => connection.streamQuery(query, size),
  });
  return {
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (queries) => dialect.createIntrospector(queries),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createDriver: (): Driver => {
      const driver = dialect.createDriver();
      return {
        init: () => driver.init(),
        acquireConnection: async () => watchedConnection(await driver.acquireConnection()),
        beginTransaction: (connection, settings) => driver.beginTransaction(connection, settings),
        commitTransaction: (connection) => driver.commitTransaction(connection),
        rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
        releaseConnection: (connection) => driver.releaseConnection(connection),
        destroy: () => driver.destroy(),
      };
    },
  };
}

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-statements-"));
  const engine = openSqlite(folder);
  database = new Database({ ...engine, dialect: watched(engine.dialect) });
  await migrate(database);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const PROCESS = replicaId("eeeeeeee-0000-4000-8000-000000000001");
const FIRST = {
  conversation: conversationId("a:chat"),
  intentId: "intent",
  poster: PROCESS,
  tries: 1,
};

it("asks the database for nothing twice from the message to the plan and its card, nor when it is decided", async () => {
  const plans = createPlanStore(database, new Recorder());
  const postings = createPostingStore(database);
  const messages = createTakenMessageStore(database);
  // The tenant has its row, and its record an end that this process has seen.
  await plans.create(draft(), [entry()]);

  asked.length = 0;
  await messages.take({ key: "message", tenantId: TENANT, taker: PROCESS, takenAt: AT });
  const command = "disable passkeys";
  const made = await plans.propose(draft({ command, intent: { kind: "disable" } }), [entry()], {
    message: "message",
    intents: [FIRST],
  });
  if (made.kind !== "created") throw new Error(`the plan is ${made.kind}`);
  const card = { tenantId: TENANT, kind: "plan", id: "2", version: 1 } as const;
  await postings.keep({ ...card, conversation: FIRST.conversation, activityId: "card" }, {
    ...card,
    ...FIRST,
  } satisfies PostingIntent);
  await messages.answered("message");
  expect(asked).toEqual([
    "insert taken_messages",
    "begin",
    "select tenants",
    "select audit",
    "select plans",
    "select taken_messages",
    "update tenants",
    "insert plans",
    "update tenants",
    "insert audit",
    "update taken_messages",
    "insert postings",
    "commit",
    "update postings",
    "update taken_messages",
  ]);

  asked.length = 0;
  await plans.replace({ ...made.plan, state: cancelled }, [entryOf(made.plan, "plan-cancelled")]);
  expect(asked).toEqual([
    "begin",
    "select tenants",
    "select plans",
    // Since its first record, how many there are, and those that name the plan.
    ...["select audit", "select audit", "select audit"],
    "update plans",
    "update tenants",
    // What the next one follows.
    "select audit",
    "insert audit",
    "commit",
  ]);
});
