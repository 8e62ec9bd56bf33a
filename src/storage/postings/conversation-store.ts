import { z } from "zod";
import type { ConversationId, TenantId } from "../../core/person.js";
import type { Conversation, ConversationStore } from "../../core/stores.js";
import { Recorder } from "../audit/recorder.js";
import { type Database, storeFault } from "../engine/database.js";
import { keptQuery } from "../engine/kept-query.js";
import { parsedOnce } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";
import type { Queries, Tables } from "../schema.js";

/** Named in one statement: fewer than either database takes. */
const PEOPLE_A_STATEMENT = 500;

/** More than the people and rooms that plans are shown to. */
const CONVERSATIONS_KEPT = 500;

/** The conversations the bot is in, and which of them are approval rooms. */
export function createConversationStore(database: Database, recorder = new Recorder()): ConversationStore {
  const read = (id: ConversationId) =>
    database.run("reading a conversation", async (queries) => (await byId(queries, { id })).rows[0]);
  return {
    remember: async (conversation) => {
      const { id, ...values } = toRow(conversation);
      // Each message comes here, and hardly one brings news: to write waits for the disk, to look does not.
      const stored = await read(conversation.id);
      // A process of an earlier version names no person beside the chat.
      if (stored?.body === values.body && stored.person_id === values.person_id) return "known";
      return database.together("storing a conversation", async (statements) => {
        const added = await statements
          .insertInto("conversations")
          .values({ id, ...values, approval_room: 0 })
          .onConflict((conflict) => conflict.column("id").doNothing())
          .executeTakeFirstOrThrow();
        if (added.numInsertedOrUpdatedRows === 1n) return "added";
        await statements.updateTable("conversations").set(values).where("id", "=", id).execute();
        return "known";
      });
    },

    find: async (id) => {
      const row = await read(id);
      return row && toConversation(row);
    },

    approvalRooms: (tenant) =>
      database.run("reading the approval rooms", async (queries) =>
        (await roomsOf(queries, { tenant })).rows.map(toConversation),
      ),

    personalChats: (tenant) =>
      database.run("reading the personal chats", async (queries) =>
        (await chatsOf(queries, { tenant })).rows.map(toConversation),
      ),

    chatsOf: async (tenant, people) => {
      const found: Conversation[] = [];
      for (let from = 0; from < people.length; from += PEOPLE_A_STATEMENT) {
        const some = people.slice(from, from + PEOPLE_A_STATEMENT);
        const rows = await database.run("reading the chats of people", (queries) => {
          const query = queries.selectFrom("conversations").selectAll().where("tenant_id", "=", tenant);
          return query.where("person_id", "in", some).orderBy("id").execute();
        });
        found.push(...rows.map(toConversation));
      }
      return found;
    },

    setApprovalRoom: (id, entry) =>
      database.together("setting an approval room", async (statements) => {
        await takeTurn(statements, entry.tenantId);
        const update = statements.updateTable("conversations").set({ approval_room: 1 }).where("id", "=", id);
        const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
        // The bot was removed there in the meantime: nothing may say that it was set.
        if (numUpdatedRows === 0n)
          throw storeFault("setting an approval room", "the conversation is not known");
        await recorder.record(statements, entry);
      }),

    endApprovalRoom: (id, entry) =>
      database.together("ending an approval room", async (statements) => {
        await takeTurn(statements, entry.tenantId);
        const update = statements.updateTable("conversations").set({ approval_room: 0 });
        const { numUpdatedRows } = await update
          .where("id", "=", id)
          .where("approval_room", "=", 1)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return false;
        await recorder.record(statements, entry);
        return true;
      }),

    forget: (id) =>
      database.together("forgetting a conversation", async (statements) => {
        await statements.deleteFrom("conversations").where("id", "=", id).execute();
      }),
  };
}

type Row = Tables["conversations"];

const byId = keptQuery((queries, { id }: { readonly id: ConversationId }) =>
  queries.selectFrom("conversations").selectAll().where("id", "=", id),
);

const roomsOf = keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
  ofTenant(queries, tenant).where("approval_room", "=", 1).orderBy("id"),
);

const chatsOf = keptQuery((queries, { tenant }: { readonly tenant: TenantId }) =>
  ofTenant(queries, tenant).where("kind", "=", "personal").orderBy("id"),
);

const ofTenant = (queries: Queries, tenant: TenantId) =>
  queries.selectFrom("conversations").selectAll().where("tenant_id", "=", tenant);

function toRow(conversation: Omit<Conversation, "approvalRoom">): Omit<Row, "approval_room"> {
  const { id, tenantId, kind, person } = conversation;
  const person_id = kind === "personal" ? (person?.id ?? null) : null;
  return { id, tenant_id: tenantId, kind, body: JSON.stringify(conversation), person_id };
}

const storedConversation = z.looseObject({
  id: z.string(),
  tenantId: z.string(),
  kind: z.enum(["personal", "group", "channel"]),
  person: z.looseObject({ id: z.string(), name: z.string() }).optional(),
  reference: z.looseObject({}),
});

const readConversation = parsedOnce(storedConversation, CONVERSATIONS_KEPT);

type Stored = Omit<Conversation, "approvalRoom">;

function toConversation(row: Row): Conversation {
  const stored = readConversation("a conversation", row.body) as unknown as Stored;
  return { ...stored, approvalRoom: row.approval_room === 1 };
}
