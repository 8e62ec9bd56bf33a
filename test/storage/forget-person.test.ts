import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RecordKeys } from "../../src/core/audit/record-keys.js";
import { conversationId, personId } from "../../src/core/person.js";
import { forgetPerson } from "../../src/storage/forget-person.js";
import { openStore } from "../../src/storage/open-store.js";
import { account, finished, holderIds, read, scan } from "../contracts/scanned-things.js";
import { ADA, AT, conversation, draft, entry, TENANT } from "../contracts/stored-things.js";
import { verified } from "./copies/verified.js";
import { DATABASES, type DatabasePlace } from "./migrations/database-places.js";

const CHAT = conversationId("a:chat-of-ada");

describe.each(DATABASES)("a person who is forgotten in %s", (_, make) => {
  let place: DatabasePlace;
  beforeEach(async () => {
    place = await make();
  });
  afterEach(() => place.remove());

  const forget = (id: string) =>
    forgetPerson(place.place, id, { keys: new RecordKeys(), now: () => new Date(AT) });

  it("is in no scan and has no chat; plans and record stay, whole, and say that it was done", async () => {
    const before = await openStore(place.place);
    await finished(before.scans, scan("1"), read({ ...account(1), id: ADA.id }));
    await before.conversations.remember(conversation({ id: CHAT, kind: "personal", person: ADA }));
    await before.plans.create(draft(), [entry()]);
    await before.close();

    const [said] = await forget(ADA.id);

    expect(said).toMatchObject({ tenantId: TENANT, scans: 1, chats: 1, staysInPlans: 1 });
    const after = await openStore(place.place);
    expect(await after.scans.latest(TENANT)).toBeUndefined();
    expect((await after.plans.find(TENANT, 1))?.requester).toEqual(ADA);
    expect((await after.audit.read(TENANT, { limit: 100 })).map(({ event }) => event)).toContain(
      "person-forgotten",
    );
    await after.close();
    expect(await verified(place.open())).toContain(`Tenant ${TENANT}: intact`);
  });

  it("takes nothing of another person along", async () => {
    const before = await openStore(place.place);
    await finished(before.scans, scan("1"), read(account(1)));
    await before.close();
    const [said] = await forget(personId("cccccccc-0000-4000-8000-00000000ffff"));
    expect(said).toMatchObject({ scans: 0, chats: 0, staysInPlans: 0 });
    const after = await openStore(place.place);
    expect(await holderIds(after.scans, scan("1"))).toHaveLength(1);
    await after.close();
  });
});
