import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { conversationId, personId } from "../../../src/core/person.js";
import { Database } from "../../../src/storage/engine/database.js";
import { openSqlite } from "../../../src/storage/engine/sqlite/sqlite.js";
import { migrate } from "../../../src/storage/migrations/migrate.js";
import { createConversationStore } from "../../../src/storage/postings/conversation-store.js";
import { TENANT } from "../../contracts/stored-things.js";

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-conversations-"));
  database = new Database(openSqlite(folder));
  await migrate(database);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

it("names the person beside a chat that a process of an earlier version stored, with the next message there", async () => {
  const conversations = createConversationStore(database);
  const person = { id: personId("aaaaaaaa-0000-4000-8000-000000000001"), name: "Ada Lovelace" };
  const chat = {
    id: conversationId("a:ada"),
    tenantId: TENANT,
    kind: "personal",
    person,
    reference: {},
  } as const;
  await conversations.remember(chat);
  await database.together("storing it as an earlier version did", async (statements) => {
    await statements.updateTable("conversations").set({ person_id: null }).execute();
  });
  expect(await conversations.chatsOf(TENANT, [person.id])).toEqual([]);
  expect(await conversations.remember(chat)).toBe("known");
  expect(await conversations.chatsOf(TENANT, [person.id])).toEqual([{ ...chat, approvalRoom: false }]);
});
