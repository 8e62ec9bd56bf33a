import { it } from "vitest";
import { postgresDatabase } from "./fault-database.js";
import { killedStories, seedOfRun } from "./killed-stories.js";

it("kill -9 fifty times at random moments, on PostgreSQL: nothing is lost, nothing is written twice, nothing is stuck", async () => {
  await killedStories(await postgresDatabase(), 50, seedOfRun());
});
