import { z } from "zod";
import { askedEntry } from "../../core/plan/recorded/asked-entry.js";
import type { DeferredChange, DeferredStore } from "../../core/stores.js";
import { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";

const storedWaiting = z.looseObject({
  id: z.string(),
  tenantId: z.string(),
  person: z.looseObject({ id: z.string(), name: z.string() }),
  conversation: z.string(),
  askedAt: z.string(),
  kind: z.enum(["propose", "revise"]),
});

/** What people asked for and a scan has to come first. It outlives a restart, like the scan itself. */
export function createDeferredStore(database: Database, recorder = new Recorder()): DeferredStore {
  return {
    add: (waiting) =>
      database.together("storing what waits for a scan", async (statements) => {
        const { id, tenantId, askedAt } = waiting;
        await takeTurn(statements, tenantId);
        const there = statements.selectFrom("deferred_changes").select("id").where("id", "=", id);
        if ((await there.executeTakeFirst()) !== undefined) return;
        const { sequence: recordedAs } = await recorder.record(statements, askedEntry(waiting));
        const body = JSON.stringify({ ...waiting, recordedAs });
        await statements
          .insertInto("deferred_changes")
          .values({ id, tenant_id: tenantId, asked_at: askedAt, body })
          .execute();
      }),

    all: (tenant) =>
      database.run("reading what waits for a scan", async (queries) => {
        const rows = await queries
          .selectFrom("deferred_changes")
          .select("body")
          .where("tenant_id", "=", tenant)
          .orderBy("asked_at")
          .orderBy("id")
          .execute();
        return rows.map(
          ({ body }) =>
            parseStored("what waits for a scan", storedWaiting, body) as unknown as DeferredChange,
        );
      }),

    remove: (id, record) =>
      database.together("removing what waited for a scan", async (statements) => {
        if (record !== undefined) await takeTurn(statements, record.tenantId);
        const removal = statements.deleteFrom("deferred_changes").where("id", "=", id);
        const { numDeletedRows } = await removal.executeTakeFirstOrThrow();
        if (record !== undefined && numDeletedRows > 0n) await recorder.record(statements, record);
      }),
  };
}
