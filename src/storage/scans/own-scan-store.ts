import { z } from "zod";
import type { TenantId } from "../../core/person.js";
import type { OwnScanPause } from "../../core/scan/own-scan.js";
import type { OwnScanStore } from "../../core/stores/own-scan-store.js";
import type { Database } from "../engine/database.js";
import { parseStored } from "../engine/stored-json.js";
import type { Queries } from "../schema.js";

const common = { tenantId: z.string(), at: z.iso.datetime() };
const storedPause = z.discriminatedUnion("kind", [
  z.looseObject({ ...common, kind: z.literal("failed"), fault: z.string(), times: z.int().positive() }),
  z.looseObject({ ...common, kind: z.literal("cancelled") }),
]);

/** @throws Fault when the row is damaged */
export async function readPause(queries: Queries, tenant: TenantId): Promise<OwnScanPause | undefined> {
  const rows = queries.selectFrom("own_scan_pauses").select("body").where("tenant_id", "=", tenant);
  const row = await rows.executeTakeFirst();
  if (row === undefined) return undefined;
  return parseStored("why its own scan waits", storedPause, row.body) as unknown as OwnScanPause;
}

/** Why Latchkey's own scan waits: at most one row for each tenant. */
export function createOwnScanStore(database: Database): OwnScanStore {
  return {
    pause: (tenant) =>
      database.run("reading why its own scan waits", (queries) => readPause(queries, tenant)),

    wait: (pause) =>
      database.together("storing why its own scan waits", async (statements) => {
        const body = JSON.stringify(pause);
        await statements
          .insertInto("own_scan_pauses")
          .values({ tenant_id: pause.tenantId, body })
          .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet({ body }))
          .execute();
      }),

    goOn: (tenant) =>
      database.together("ending the wait of its own scan", async (statements) => {
        await statements.deleteFrom("own_scan_pauses").where("tenant_id", "=", tenant).execute();
      }),
  };
}
