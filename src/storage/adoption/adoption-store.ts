import { z } from "zod";
import type { AdoptionSample, AdoptionStore } from "../../core/stores/adoption-store.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";

const figures = z.looseObject({
  withPasskey: z.int().nonnegative(),
  deviceBound: z.int().nonnegative(),
  synced: z.int().nonnegative(),
  both: z.int().nonnegative(),
  unsaid: z.int().nonnegative(),
});
const storedSample = z.looseObject({
  tenantId: z.string(),
  day: z.iso.date(),
  scanId: z.string(),
  scannedAt: z.string(),
  of: z.enum(["groups", "accounts"]),
  whole: figures,
  byGroup: z.record(z.string(), figures),
});

/** Samples of adoption: of two processes that take one on the same day the first one's stays. */
export function createAdoptionStore(database: Database): AdoptionStore {
  return {
    add: (sample, forgetBefore) =>
      database.together("storing how the rollout stands", async (statements) => {
        const { tenantId: tenant_id, day } = sample;
        await statements
          .deleteFrom("adoption_samples")
          .where("tenant_id", "=", tenant_id)
          .where("day", "<", forgetBefore)
          .execute();
        const { numInsertedOrUpdatedRows } = await statements
          .insertInto("adoption_samples")
          .values({ tenant_id, day, body: JSON.stringify(sample) })
          .onConflict((conflict) => conflict.columns(["tenant_id", "day"]).doNothing())
          .executeTakeFirstOrThrow();
        return numInsertedOrUpdatedRows === 1n;
      }),

    since: (tenant, day) =>
      database.run("reading how the rollout went", async (queries) => {
        const rows = await queries
          .selectFrom("adoption_samples")
          .select("body")
          .where("tenant_id", "=", tenant)
          .where("day", ">=", day)
          .orderBy("day")
          .execute();
        return rows.map(
          ({ body }) => parseStored("a sample of adoption", storedSample, body) as unknown as AdoptionSample,
        );
      }),
  };
}
