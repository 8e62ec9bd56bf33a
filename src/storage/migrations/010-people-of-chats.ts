import type { Kysely, Migration } from "kysely";

/** Whose a personal chat is, so that the chats of a few people are found among those of thousands. */
export const peopleOfChats: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable("conversations").addColumn("person_id", "text").execute();
    await namePeople(db as Kysely<Conversations>);
    const index = db.schema.createIndex("conversations_of_person").on("conversations");
    await index.columns(["tenant_id", "person_id"]).execute();
  },
};

/** The table as this migration knows it. */
interface Conversations {
  conversations: { id: string; kind: string; body: string; person_id: string | null };
}

async function namePeople(db: Kysely<Conversations>): Promise<void> {
  const chats = db.selectFrom("conversations").select(["id", "body"]).where("kind", "=", "personal");
  for (const { id, body } of await chats.execute()) {
    const { person } = JSON.parse(body) as { readonly person?: { readonly id?: string } };
    const update = db.updateTable("conversations").set({ person_id: person?.id ?? null });
    await update.where("id", "=", id).execute();
  }
}
