import { replicaId } from "../../core/person.js";
import type { TakenMessageStore } from "../../core/stores/taken-messages.js";
import type { Database } from "../engine/database.js";
import { keptQuery } from "../engine/kept-query.js";

/**
 * Messages that a process took to answer. What stands in them is not kept. To take one waits for no disk: where the
 * machine fails, it is forgotten together with all that came of it, and the message is a new one.
 */
export function createTakenMessageStore(database: Database): TakenMessageStore {
  return {
    take: async (message) => {
      const doing = "taking a message";
      const { numAffectedRows } = await database.lightly(doing, (queries) => taking(queries, message));
      if (numAffectedRows === 1n) return { kind: "ours" };
      const row = await database.run(doing, (queries) => {
        const query = queries.selectFrom("taken_messages").select(["taker", "answered"]);
        return query.where("message_key", "=", message.key).executeTakeFirstOrThrow();
      });
      return row.answered === 1 ? { kind: "answered" } : { kind: "taken", by: replicaId(row.taker) };
    },

    takeOver: (key, from, to) =>
      database.together("taking a message over", async (statements) => {
        const taken = statements.updateTable("taken_messages").set({ taker: to });
        const { numUpdatedRows } = await taken
          .where("message_key", "=", key)
          .where("taker", "=", from)
          .where("answered", "=", 0)
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      }),

    answered: (key) =>
      database.lightly("noting that a message was answered", async (queries) => {
        await noting(queries, { key });
      }),

    forget: (tenant, before) =>
      database.together("forgetting messages", async (statements) => {
        const old = statements.deleteFrom("taken_messages").where("tenant_id", "=", tenant);
        await old.where("taken_at", "<", before).execute();
      }),
  };
}

type Message = Parameters<TakenMessageStore["take"]>[0];

const taking = keptQuery((queries, { key, tenantId, taker, takenAt }: Message) =>
  queries
    .insertInto("taken_messages")
    .values({
      message_key: key,
      tenant_id: tenantId,
      taken_at: takenAt,
      taker,
      answered: 0,
      plan_number: null,
    })
    .onConflict((conflict) => conflict.column("message_key").doNothing()),
);

const noting = keptQuery((queries, { key }: Pick<Message, "key">) =>
  queries.updateTable("taken_messages").set({ answered: 1 }).where("message_key", "=", key),
);
