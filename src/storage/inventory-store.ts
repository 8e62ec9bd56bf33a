import { z } from "zod";
import type { Inventory } from "../core/inventory/inventory.js";
import type { InventoryStore } from "../core/ports.js";
import type { Database } from "./database.js";
import { parseStored } from "./stored-json.js";

const account = z.looseObject({ id: z.string(), name: z.string() });
const storedInventory = z.looseObject({
  scanId: z.string(),
  startedAt: z.string(),
  finishedAt: z.string(),
  path: z.enum(["report", "all-users"]),
  keyholders: z.array(account.extend({ passkeys: z.array(z.looseObject({ aaguid: z.string() })) })),
  asked: z.number(),
  gone: z.number(),
  unread: z.array(account),
});

/** The latest scan of each tenant. Older ones are not kept: what a plan rested on is in the plan. */
export function createInventoryStore(database: Database): InventoryStore {
  return {
    save: (tenant, inventory) =>
      database.together("storing a scan", async (statements) => {
        const values = { finished_at: inventory.finishedAt, body: JSON.stringify(inventory) };
        await statements
          .insertInto("inventories")
          .values({ tenant_id: tenant, ...values })
          .onConflict((conflict) =>
            // A scan that finished earlier may be stored later; it is not the latest.
            conflict
              .column("tenant_id")
              .doUpdateSet(values)
              .where("inventories.finished_at", "<=", inventory.finishedAt),
          )
          .execute();
      }),

    latest: (tenant) =>
      database.run("reading the latest scan", async (queries) => {
        const row = await queries
          .selectFrom("inventories")
          .select("body")
          .where("tenant_id", "=", tenant)
          .executeTakeFirst();
        return row && (parseStored("the latest scan", storedInventory, row.body) as unknown as Inventory);
      }),
  };
}
