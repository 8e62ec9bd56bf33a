import type { CardKey, Posting, PostingIntent, PostingStore } from "../../core/stores.js";
import type { Database } from "../engine/database.js";
import { keptQuery } from "../engine/kept-query.js";
import type { Queries, Together } from "../schema.js";
import { intentRow, postingRow, type Row, toIntent, toPosting } from "./posting-row.js";

/** Where the cards of plans, drifts and scans stand, and where one is about to be posted. */
export function createPostingStore(database: Database): PostingStore {
  return {
    intend: (intent, replaced = []) =>
      database.together("storing that a card is posted", async (statements) => {
        for (const each of replaced) await remove(statements, each);
        await put(statements, intentRow(intent));
      }),

    // A message that is lost would stand there unknown, so a process that ends loses none; each is a commit of its own.
    keep: async (posting, intent) => {
      const doing = "storing where a card stands";
      if (intent !== undefined && (await database.soonOnDisk(doing, becomes(database, intent, posting))))
        return;
      await database.soonOnDiskTogether(doing, async (statements) => {
        if (intent !== undefined) await remove(statements, intent);
        await put(statements, postingRow(posting));
      });
    },

    drop: (nothing) =>
      database.together("forgetting a card that is not there", (statements) => remove(statements, nothing)),

    of: (card) =>
      database.run("reading where a card stands", async (queries) => {
        const { rows } = await ofCard(queries, card);
        return {
          postings: rows.filter((row) => row.poster === "").map(toPosting),
          intents: rows.filter((row) => row.poster !== "").map(toIntent),
        };
      }),

    ofMessage: (tenant, activityId) =>
      database.run("reading whose message it is", async (queries) => {
        const query = queries.selectFrom("postings").selectAll().where("tenant_id", "=", tenant);
        const rows = await query.where("message_id", "=", activityId).where("poster", "=", "").execute();
        return rows.map(toPosting);
      }),

    unfinished: (tenant) =>
      database.run("reading which cards are left to draw", async (queries) => {
        const query = queries.selectFrom("postings").select(["kind", "card_id"]).distinct();
        const rows = await query
          .where("tenant_id", "=", tenant)
          .where("done_at", "is", null)
          .orderBy("kind")
          .orderBy("card_id")
          .execute();
        return rows.map(({ kind, card_id }) => ({ tenantId: tenant, kind, id: card_id }));
      }),

    forget: (tenant, doneBefore) =>
      database.together("forgetting cards of what ended long ago", async (statements) => {
        const deletion = statements.deleteFrom("postings").where("tenant_id", "=", tenant);
        await deletion.where("done_at", "<", doneBefore).execute();
      }),
  };
}

const ofCard = keptQuery((queries, { tenantId, kind, id }: CardKey) =>
  queries
    .selectFrom("postings")
    .selectAll()
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", kind)
    .where("card_id", "=", id)
    .orderBy("conversation_id")
    .orderBy("message_id"),
);

/** The row of an intent becomes that of its posting, and answers whether it did: it may be gone, and the posting have one. */
function becomes(database: Database, intent: PostingIntent, posting: Posting) {
  return async (queries: Queries): Promise<boolean> => {
    const { tenant_id, kind, card_id, conversation_id, message_id } = intentRow(intent);
    const change = queries
      .updateTable("postings")
      .set(postingRow(posting))
      .where("tenant_id", "=", tenant_id);
    const ofIntent = change
      .where("kind", "=", kind)
      .where("card_id", "=", card_id)
      .where("conversation_id", "=", conversation_id)
      .where("message_id", "=", message_id);
    try {
      return (await queries.executeQuery(ofIntent.compile())).numAffectedRows === 1n;
    } catch (error) {
      if (database.isUniqueViolation(error)) return false;
      throw error;
    }
  };
}

/** A row that is there already changes only to something newer, or to done. */
async function put(statements: Together, row: Row): Promise<void> {
  const { version, done_at } = row;
  await statements
    .insertInto("postings")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(["tenant_id", "kind", "card_id", "conversation_id", "message_id"])
        .doUpdateSet({ version, done_at })
        .where((where) =>
          where.or([
            where("postings.version", "<", version),
            where.and([where("postings.version", "=", version), where("postings.done_at", "is", null)]),
          ]),
        ),
    )
    .execute();
}

async function remove(statements: Together, entry: Posting | PostingIntent): Promise<void> {
  await rowsOf(statements, entry)
    .where("conversation_id", "=", entry.conversation)
    .where("message_id", "=", "intentId" in entry ? entry.intentId : entry.activityId)
    .execute();
}

const rowsOf = (statements: Together, { tenantId, kind, id }: CardKey) =>
  statements
    .deleteFrom("postings")
    .where("tenant_id", "=", tenantId)
    .where("kind", "=", kind)
    .where("card_id", "=", id);
