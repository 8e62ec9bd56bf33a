import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kysely } from "kysely";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Engine } from "../../../src/storage/engine/engine.js";
import { keptQuery } from "../../../src/storage/engine/kept-query.js";
import { openSqlite } from "../../../src/storage/engine/sqlite/sqlite.js";
import type { Queries, Tables } from "../../../src/storage/schema.js";

let folder: string;
let engine: Engine;
let queries: Queries;
let built: number;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-kept-query-"));
  engine = openSqlite(folder);
  queries = new Kysely<Tables>({ dialect: engine.dialect });
  await queries.schema
    .createTable("duties")
    .addColumn("tenant_id", "text")
    .addColumn("duty", "text")
    .addColumn("holder", "text")
    .execute();
  built = 0;
});
afterEach(async () => {
  await queries.destroy();
  engine.release();
  rmSync(folder, { recursive: true });
});

const dutiesOf = keptQuery((asked, { holder, not }: { readonly holder: string; readonly not: string }) => {
  built += 1;
  const all = asked.selectFrom("duties").select("duty").where("holder", "=", holder);
  return all.where("duty", "!=", not).where("duty", "!=", "watch").orderBy("duty");
});

async function add(holder: string, ...duties: readonly string[]): Promise<void> {
  const rows = duties.map((duty) => ({ tenant_id: "tenant", duty, holder }));
  await queries.insertInto("duties").values(rows).execute();
}

it("is built once, and asked with the values of each time, in transactions and outside of them", async () => {
  await add("one", "scan", "watch", "tell");
  await add("two", "settle");
  const duties = async (asked: Queries, holder: string, not: string) =>
    (await dutiesOf(asked, { holder, not })).rows.map(({ duty }) => duty);
  expect(await duties(queries, "one", "tell")).toEqual(["scan"]);
  expect(await duties(queries, "one", "scan")).toEqual(["tell"]);
  expect(await queries.transaction().execute((statements) => duties(statements, "two", ""))).toEqual([
    "settle",
  ]);
  expect(built).toBe(1);
});

it("says how many rows a change was made to", async () => {
  await add("one", "scan", "tell");
  const handOver = keptQuery((asked, { from, to }: { readonly from: string; readonly to: string }) =>
    asked.updateTable("duties").set({ holder: to }).where("holder", "=", from),
  );
  expect((await handOver(queries, { from: "one", to: "two" })).numAffectedRows).toBe(2n);
  expect((await handOver(queries, { from: "one", to: "two" })).numAffectedRows).toBe(0n);
});
