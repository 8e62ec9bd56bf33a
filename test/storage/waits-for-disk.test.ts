import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { conversationId, replicaId } from "../../src/core/person.js";
import type { Posting, PostingIntent } from "../../src/core/stores.js";
import { Recorder } from "../../src/storage/audit/recorder.js";
import { Database } from "../../src/storage/engine/database.js";
import { openSqlite } from "../../src/storage/engine/sqlite/sqlite.js";
import { migrate } from "../../src/storage/migrations/migrate.js";
import { createPlanStore } from "../../src/storage/plans/plan-store.js";
import { createPostingStore } from "../../src/storage/postings/posting-store.js";
import { createTakenMessageStore } from "../../src/storage/replicas/taken-message-store.js";
import { AT, draft, entry, TENANT } from "../contracts/stored-things.js";

/** The store, which can be asked what it let the disk be waited for. */
class WatchedDatabase extends Database {
  readonly waits: string[] = [];
  override together: Database["together"] = (doing, work) => {
    this.waits.push(doing);
    return super.together(doing, work);
  };
}

let folder: string;
let database: WatchedDatabase;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-waits-"));
  database = new WatchedDatabase(openSqlite(folder));
  await migrate(database);
  database.waits.length = 0;
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const PROCESS = replicaId("eeeeeeee-0000-4000-8000-000000000001");
const PLACES = ["a:chat", "19:room@thread.tacv2"].map(conversationId);

it("lets a plan with two copies of its card wait for the disk once, from the message to both copies posted", async () => {
  const [plans, postings] = [createPlanStore(database, new Recorder()), createPostingStore(database)];
  const messages = createTakenMessageStore(database);
  await messages.take({ key: "message", tenantId: TENANT, taker: PROCESS, takenAt: AT });
  const intents = PLACES.map((conversation, at) => ({
    conversation,
    intentId: `intent-${at}`,
    poster: PROCESS,
    tries: 1,
  }));
  const proposed = await plans.propose(draft(), [entry()], { message: "message", intents });
  expect(proposed).toMatchObject({ kind: "created" });
  const card = { tenantId: TENANT, kind: "plan", id: "1", version: 1 } as const;
  for (const intent of intents) {
    const { conversation, intentId } = intent;
    const posted: Posting = { ...card, conversation, activityId: `card of ${intentId}` };
    await postings.keep(posted, { ...card, ...intent } satisfies PostingIntent);
  }
  await messages.answered("message");
  expect(await postings.of(card)).toMatchObject({ intents: [], postings: [{}, {}] });
  expect(database.waits).toEqual(["storing a new plan"]);
});
