import { it } from "vitest";
import { postgresDatabase } from "./fault-database.js";
import { killedStories } from "./killed-stories.js";
import { seedOfRun } from "./seed-of-run.js";

it("kill -9 fifty times at random moments, on PostgreSQL: nothing is lost, nothing is written twice, nothing is stuck", async () => {
  await killedStories(await postgresDatabase(), 50, seedOfRun());
});
