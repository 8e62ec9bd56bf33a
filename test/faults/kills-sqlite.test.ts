import { it } from "vitest";
import { sqliteDatabase } from "./fault-database.js";
import { killedStories } from "./killed-stories.js";
import { seedOfRun } from "./seed-of-run.js";

it("kill -9 fifty times at random moments, on SQLite: nothing is lost, nothing is written twice, nothing is stuck", async () => {
  await killedStories(sqliteDatabase(), 50, seedOfRun());
});
