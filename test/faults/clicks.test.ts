import { it } from "vitest";
import { postgresDatabase, sqliteDatabase } from "./fault-database.js";
import { manyClicks } from "./many-clicks.js";

it("two hundred clicks at once on one process and SQLite: one decision, at most one write, everybody answered", async () => {
  await manyClicks(sqliteDatabase(), 1);
});

it("two hundred clicks at once on two processes and PostgreSQL: one decision, at most one write, everybody answered", async () => {
  await manyClicks(await postgresDatabase(), 2);
});
