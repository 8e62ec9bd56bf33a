// Fills a store, or measures some, in a process of its own. What to do: JSON as the first argument. Prints one line of
// JSON when it is done.
import { tenantId } from "../../src/core/person.js";
import { Database } from "../../src/storage/engine/database.js";
import { engineOf, type KeptIn } from "../kept-in.js";
import { type Filled, fillStore } from "./fill-store.js";
import { type MeasuredStore, measureStores, type StoreTimes } from "./measure-store.js";

/** What the process is to do. */
export type StoreTask =
  | { readonly what: "fill"; readonly keptIn: KeptIn; readonly tenantId: string; readonly plans: number }
  | {
      readonly what: "measure";
      readonly tenantId: string;
      readonly stores: readonly MeasuredStore[];
      readonly rounds: number;
    };

async function carryOut(task: StoreTask): Promise<Filled | StoreTimes> {
  const tenant = tenantId(task.tenantId);
  if (task.what === "measure") return measureStores(tenant, task.stores, task.rounds);
  const database = new Database(engineOf(task.keptIn));
  try {
    return await fillStore(database, tenant, task.plans);
  } finally {
    await database.close();
  }
}

// The process that started it is gone when its standard input ends.
process.stdin.on("end", () => process.exit(1)).resume();

const done = await carryOut(JSON.parse(process.argv[2] ?? "{}") as StoreTask);
process.stdout.write(`${JSON.stringify(done)}\n`, () => process.exit(0));
