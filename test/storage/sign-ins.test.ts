import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Libsql from "libsql";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStore, type Store } from "../../src/storage/open-store.js";
import { OFFER } from "../contracts/sign-ins-contract.js";
import { AT } from "../contracts/stored-things.js";

let dataDir: string;
let store: Store;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "latchkey-sign-ins-"));
  store = await openStore({ dataDir });
});
afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

/** What a writer of the database does to the one row. */
function edit(sql: string, ...values: string[]): void {
  const database = new Libsql(join(dataDir, "latchkey.db"));
  database.prepare(sql).run(...values);
  database.close();
}

it("an offer that was turned to another plan, or made to last, is none", async () => {
  const link = await store.signIns.offer(OFFER);
  const browser = (await store.signIns.setOut(link, AT)) ?? "";
  const changed = JSON.stringify({ ...OFFER, planNumber: 13, validUntil: "2099-01-01T00:00:00.000Z" });
  edit("update sign_ins set body = ?, valid_until = ?", changed, "2099-01-01T00:00:00.000Z");
  expect(await store.signIns.find(link, AT)).toBeUndefined();
  expect(await store.signIns.comeBack(link, browser, AT)).toBeUndefined();
});

it("the end of an offer is the one that was offered, whatever the table says", async () => {
  const link = await store.signIns.offer(OFFER);
  edit("update sign_ins set valid_until = ?", "2099-01-01T00:00:00.000Z");
  expect(await store.signIns.find(link, OFFER.validUntil)).toBeUndefined();
});
