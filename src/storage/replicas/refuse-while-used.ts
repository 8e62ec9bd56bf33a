import { setTimeout as sleep } from "node:timers/promises";
import { type Database, storeFault } from "../engine/database.js";
import { createReplicaStore } from "./replica-store.js";

/** Two beats of a process that lives. */
const LIVES_WITHIN_MS = 5_000;

/** @throws Fault when another process uses the store, by what it says of itself there */
export async function refuseWhileUsed(database: Database): Promise<void> {
  const hasTables = await database.run("looking what is there", async (queries) =>
    (await queries.introspection.getTables()).some(({ name }) => name === "replicas"),
  );
  if (!hasTables) return;
  const { beats } = createReplicaStore(database);
  const before = await beats();
  if (before.size === 0) return;
  await sleep(LIVES_WITHIN_MS);
  const after = await beats();
  const lives = [...after].some(([replica, beat]) => before.get(replica) !== beat);
  if (lives) throw storeFault("using it alone", "another Latchkey process uses it; stop all of them first");
}
