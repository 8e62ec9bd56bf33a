import { z } from "zod";
import type { RolloutStages, StageStore } from "../../core/stores/stage-store.js";
import { Recorder } from "../audit/recorder.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import { takeTurn } from "../numbering.js";

const stage = z.discriminatedUnion("kind", [
  z.looseObject({ kind: z.literal("everyone") }),
  z.looseObject({ kind: z.literal("group"), group: z.looseObject({ id: z.string(), name: z.string() }) }),
]);
const storedStages = z.looseObject({
  tenantId: z.string(),
  stages: z.array(stage).min(1),
  by: z.looseObject({ id: z.string(), name: z.string() }),
  at: z.string(),
});

/** The stages of each tenant's rollout: one row, the last that was written. */
export function createStageStore(database: Database, recorder = new Recorder()): StageStore {
  return {
    find: (tenant) =>
      database.run("reading the stages of the rollout", async (queries) => {
        const row = await queries
          .selectFrom("rollout_stages")
          .select("body")
          .where("tenant_id", "=", tenant)
          .executeTakeFirst();
        if (row === undefined) return undefined;
        return parseStored("the stages of the rollout", storedStages, row.body) as unknown as RolloutStages;
      }),

    write: (stages, entry) =>
      database.together("storing the stages of the rollout", async (statements) => {
        await takeTurn(statements, stages.tenantId);
        const body = JSON.stringify(stages);
        await statements
          .insertInto("rollout_stages")
          .values({ tenant_id: stages.tenantId, body })
          .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet({ body }))
          .execute();
        await recorder.record(statements, entry);
      }),

    end: (tenant, entry) =>
      database.together("ending the stages of the rollout", async (statements) => {
        await takeTurn(statements, tenant);
        const { numDeletedRows } = await statements
          .deleteFrom("rollout_stages")
          .where("tenant_id", "=", tenant)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return false;
        await recorder.record(statements, entry);
        return true;
      }),
  };
}
