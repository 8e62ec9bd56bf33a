import { afterEach, beforeEach, expect, it } from "vitest";
import { conversationId, replicaId } from "../../../../src/core/person.js";
import { openStore, type Store } from "../../../../src/storage/open-store.js";
import { AT, draft, entry, TENANT } from "../../../contracts/stored-things.js";
import { postgresForTests } from "../../../setup/postgres-for-tests.js";
import type { TestDatabase } from "../../../setup/test-databases.js";
import { postgresPlace } from "./postgres-places.js";

/** Notes, as a transaction commits, whether it is going to wait for the disk. */
const NOTING = `
  create table noted (of text, setting text);
  create function note() returns trigger language plpgsql as $$
    begin
      insert into noted values (tg_table_name, current_setting('synchronous_commit'));
      return null;
    end $$;
  create constraint trigger noting after insert or update on taken_messages
    deferrable initially deferred for each row execute function note();
  create constraint trigger noting after insert or update on postings
    deferrable initially deferred for each row execute function note();
  create constraint trigger noting after insert or update on plans
    deferrable initially deferred for each row execute function note();`;

const PROCESS = replicaId("eeeeeeee-0000-4000-8000-000000000001");
const MESSAGE = { key: "message", tenantId: TENANT, taker: PROCESS, takenAt: AT };
const INTENT = { conversation: conversationId("a:chat"), intentId: "intent", poster: PROCESS, tries: 1 };
const CARD = { tenantId: TENANT, kind: "plan", id: "1", version: 1 } as const;

let database: TestDatabase;
let store: Store;
beforeEach(async () => {
  database = await (await postgresForTests()).createDatabase();
  // Whatever the server of these tests says.
  await database.run(`alter database ${database.name} set synchronous_commit = on`);
  store = await openStore({ postgres: postgresPlace(database.url) });
  await database.run(NOTING);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

/** Of the transactions since the last time, by what they changed. */
async function noted(): Promise<readonly unknown[]> {
  const rows = await database.run(
    "with taken as (delete from noted returning *) select distinct of, setting from taken order by of",
  );
  return rows.map(({ of, setting }) => `${of} ${setting}`);
}

it("lets a plan wait for the disk, and neither the message it came of nor that its card was posted", async () => {
  expect(await store.takenMessages.take(MESSAGE)).toEqual({ kind: "ours" });
  expect(await noted()).toEqual(["taken_messages off"]);

  await store.plans.propose(draft(), [entry()], { message: MESSAGE.key, intents: [INTENT] });
  expect(await noted()).toEqual(["plans on", "postings on", "taken_messages on"]);

  const posted = { ...CARD, conversation: INTENT.conversation, activityId: "card" };
  await store.postings.keep(posted, { ...CARD, ...INTENT });
  await store.takenMessages.answered(MESSAGE.key);
  expect(await noted()).toEqual(["postings off", "taken_messages off"]);
  expect(await store.postings.of(CARD)).toMatchObject({ intents: [], postings: [{ activityId: "card" }] });

  // A posting without an intent takes more than one statement.
  await store.postings.keep({ ...posted, activityId: "another card" });
  expect(await noted()).toEqual(["postings off"]);
});

it("leaves no connection as it set it: each transaction after it waits for the disk", async () => {
  const names = Array.from({ length: 30 }, (_, at) => `message ${at}`);
  await Promise.all(names.map((key) => store.takenMessages.take({ ...MESSAGE, key })));
  await noted();
  await Promise.all(names.map(() => store.plans.create(draft(), [entry()])));
  expect(await noted()).toEqual(["plans on"]);
});

it("says of a message that was taken before by whom, and of a posting that has lost its intent that it is kept", async () => {
  await store.takenMessages.take(MESSAGE);
  expect(await store.takenMessages.take(MESSAGE)).toEqual({ kind: "taken", by: PROCESS });
  const posted = { ...CARD, conversation: INTENT.conversation, activityId: "card" };
  await store.postings.keep(posted, { ...CARD, ...INTENT });
  expect(await store.postings.of(CARD)).toMatchObject({ intents: [], postings: [{ activityId: "card" }] });
});
