import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversationId, replicaId } from "../../src/core/person.js";
import type { CardKey, Posting, PostingIntent } from "../../src/core/stores.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { draft, entry, OTHER_TENANT, ROOM, TENANT } from "./stored-things.js";

/** Where cards stand, and where one is about to be posted. */
export function describePostings(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: postings`, () => describeEach(open));
}

const CARD: CardKey = { tenantId: TENANT, kind: "plan", id: "1" };
const CHAT = conversationId("a:chat");
const posting = (changes: Partial<Posting> = {}): Posting => ({
  ...CARD,
  conversation: ROOM,
  activityId: "1",
  version: 1,
  ...changes,
});
const intent = (changes: Partial<PostingIntent> = {}): PostingIntent => ({
  ...CARD,
  conversation: ROOM,
  intentId: "intent-1",
  poster: replicaId("process-1"),
  version: 1,
  tries: 1,
  ...changes,
});
const [EARLY, NOON, LATE] = [
  "2026-11-22T08:00:00.000Z",
  "2026-11-22T12:00:00.000Z",
  "2026-11-22T16:00:00.000Z",
];

function describeEach(open: () => Promise<OpenedStore>): void {
  let opened: OpenedStore;
  let postings: Store["postings"];
  beforeEach(async () => {
    opened = await open();
    ({ postings } = opened.store);
  });
  afterEach(() => opened.close());

  it("are kept once each, for their own card", async () => {
    const [another, chat] = [posting({ activityId: "2" }), posting({ conversation: CHAT })];
    const others = [
      posting({ id: "2" }),
      posting({ kind: "drift" }),
      posting({ kind: "scan" }),
      posting({ tenantId: OTHER_TENANT }),
    ];
    for (const each of [posting(), posting(), another, chat, ...others, posting()]) await postings.keep(each);
    const found = await postings.of(CARD);
    expect(found.postings).toHaveLength(3);
    expect(found.postings).toEqual(expect.arrayContaining([posting(), another, chat]));
    expect(found.intents).toEqual([]);
    for (const other of others) expect((await postings.of(other)).postings).toEqual([other]);
    expect(await postings.of({ ...CARD, tenantId: OTHER_TENANT, kind: "scan" })).toEqual({
      postings: [],
      intents: [],
    });
  });

  it("change to newer versions and to done, and never back", async () => {
    await postings.keep(posting({ version: 2 }));
    for (const version of [3, 1, 2]) await postings.keep(posting({ version }));
    expect((await postings.of(CARD)).postings).toEqual([posting({ version: 3 })]);
    await postings.keep(posting({ version: 3, doneAt: NOON }));
    await postings.keep(posting({ version: 3 }));
    expect((await postings.of(CARD)).postings).toEqual([posting({ version: 3, doneAt: NOON })]);
  });

  it("take the place of the intent they come from, in one step", async () => {
    await postings.intend(intent());
    expect(await postings.of(CARD)).toEqual({ postings: [], intents: [intent()] });
    await postings.keep(posting(), intent());
    expect(await postings.of(CARD)).toEqual({ postings: [posting()], intents: [] });
    await postings.intend(intent());
    await opened.failAt("before update on postings");
    await expect(postings.keep(posting({ activityId: "2" }), intent())).rejects.toMatchObject({
      code: "store-unavailable",
    });
    await opened.mend();
    expect((await postings.of(CARD)).intents).toEqual([intent()]);
  });

  it("take the place of an intent that is gone, or whose posting was known before it, never back", async () => {
    await postings.keep(posting(), intent());
    await postings.intend(intent());
    await postings.keep(posting({ version: 2 }), intent());
    expect(await postings.of(CARD)).toEqual({ postings: [posting({ version: 2 })], intents: [] });
    await postings.intend(intent());
    await postings.keep(posting(), intent());
    expect(await postings.of(CARD)).toEqual({ postings: [posting({ version: 2 })], intents: [] });
    await postings.intend(intent());
    await opened.failAt("before insert on postings");
    await expect(postings.keep(posting({ version: 3 }), intent())).rejects.toMatchObject({
      code: "store-unavailable",
    });
    await opened.mend();
    expect((await postings.of(CARD)).intents).toEqual([intent()]);
  });

  it("are intended in the transaction that stores their plan, and not at all where none is stored", async () => {
    const { plans } = opened.store;
    const { tenantId: _, kind: __, id: ___, version: ____, ...first } = intent();
    const another = { ...first, conversation: CHAT, intentId: "intent-2" };
    const intents = [first, another];
    await opened.failAt("before insert on postings");
    await expect(plans.propose(draft(), [entry()], { intents })).rejects.toMatchObject({
      code: "store-unavailable",
    });
    await opened.mend();
    expect(await plans.find(TENANT, 1)).toBeUndefined();
    expect((await plans.propose(draft(), [entry()], { intents })).kind).toBe("created");
    const second = [{ ...first, intentId: "intent-3" }];
    expect((await plans.propose(draft(), [entry()], { intents: second })).kind).toBe("same");
    const stored = await postings.of(CARD);
    expect(stored.postings).toEqual([]);
    expect(stored.intents).toHaveLength(2);
    expect(stored.intents).toEqual(
      expect.arrayContaining([intent(), intent({ conversation: CHAT, intentId: "intent-2" })]),
    );
  });

  it("are intended anew in place of an intent that was lost", async () => {
    const second = intent({ intentId: "intent-2", tries: 2, poster: replicaId("process-2") });
    await postings.intend(intent());
    await postings.intend(second, [intent()]);
    expect((await postings.of(CARD)).intents).toEqual([second]);
    await postings.intend({ ...second, doneAt: NOON });
    expect((await postings.of(CARD)).intents).toEqual([{ ...second, doneAt: NOON }]);
  });

  it("are dropped, and so are intents, each by itself", async () => {
    await postings.keep(posting());
    await postings.keep(posting({ activityId: "2" }));
    await postings.intend(intent());
    await postings.drop(posting());
    expect(await postings.of(CARD)).toEqual({
      postings: [posting({ activityId: "2" })],
      intents: [intent()],
    });
    await postings.drop(intent());
    expect((await postings.of(CARD)).intents).toEqual([]);
  });

  it("are found by the message, whichever card it is, and an intent is no message", async () => {
    const drift = posting({ kind: "drift", conversation: CHAT });
    for (const each of [posting(), drift, posting({ tenantId: OTHER_TENANT })]) await postings.keep(each);
    await postings.intend(intent({ intentId: "1" }));
    const found = await postings.ofMessage(TENANT, "1");
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([posting(), drift]));
    expect(await postings.ofMessage(TENANT, "intent-1")).toEqual([]);
  });

  it("are left to draw, card by card, until nothing is left to do for any of them", async () => {
    await postings.keep(posting({ doneAt: NOON }));
    await postings.keep(posting({ id: "2" }));
    await postings.keep(posting({ id: "2", activityId: "2" }));
    await postings.keep(posting({ id: "2", activityId: "3", doneAt: NOON }));
    await postings.intend(intent({ kind: "scan", id: "s" }));
    await postings.intend(intent({ id: "3", doneAt: NOON }));
    await postings.keep(posting({ tenantId: OTHER_TENANT, id: "4" }));
    expect(await postings.unfinished(TENANT)).toEqual([
      { ...CARD, id: "2" },
      { ...CARD, kind: "scan", id: "s" },
    ]);
  });

  it("are forgotten when nothing was left to do for them by then, in their own tenant", async () => {
    await postings.keep(posting({ doneAt: EARLY }));
    await postings.keep(posting({ activityId: "2", doneAt: LATE }));
    await postings.keep(posting({ activityId: "3" }));
    await postings.intend(intent({ doneAt: EARLY }));
    await postings.keep(posting({ tenantId: OTHER_TENANT, doneAt: EARLY }));
    await postings.forget(TENANT, NOON);
    const left = await postings.of(CARD);
    expect([left.postings.map(({ activityId }) => activityId), left.intents]).toEqual([["2", "3"], []]);
    expect((await postings.of({ ...CARD, tenantId: OTHER_TENANT })).postings).toHaveLength(1);
  });
}
