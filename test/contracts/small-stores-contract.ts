import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversationId, type PersonId, personId } from "../../src/core/person.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, BOB, conversation, entry, OTHER_TENANT, ROOM, TENANT, unrecordable } from "./stored-things.js";

export function describeSmallStores(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => describeEach(open));
}

function describeEach(open: () => Promise<OpenedStore>): void {
  let opened: OpenedStore;
  let store: Store;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
  });
  afterEach(() => opened.close());

  describe("conversations", () => {
    const room = conversation();
    const chat = conversation({ id: conversationId("a:chat"), kind: "personal", person: ADA });

    it("are remembered as they are, at first as no approval room", async () => {
      for (const each of [room, chat]) {
        await store.conversations.remember(each);
        expect(await store.conversations.find(each.id)).toEqual({ ...each, approvalRoom: false });
      }
      expect(await store.conversations.find(conversationId("elsewhere"))).toBeUndefined();
    });

    it("are refreshed when seen again, and stay the approval room they were", async () => {
      await store.conversations.remember(room);
      await store.conversations.setApprovalRoom(room.id, entry({ event: "approval-room-set" }));
      const moved = { ...room, reference: { serviceUrl: "https://smba.example/amer/" } };
      await store.conversations.remember(moved);
      expect(await store.conversations.find(room.id)).toEqual({ ...moved, approvalRoom: true });
    });

    it("are added once, however often and at once they are remembered, until they are forgotten", async () => {
      const moved = { ...room, reference: { serviceUrl: "https://smba.example/amer/" } };
      const said = await Promise.all([room, moved, room].map((each) => store.conversations.remember(each)));
      expect([...said].sort()).toEqual(["added", "known", "known"]);
      expect(await store.conversations.remember(room)).toBe("known");
      await store.conversations.forget(room.id);
      expect(await store.conversations.remember(room)).toBe("added");
    });

    it("become approval rooms together with the record of it", async () => {
      await store.conversations.remember(room);
      await expect(store.conversations.setApprovalRoom(room.id, unrecordable())).rejects.toThrow();
      expect(await store.conversations.approvalRooms(TENANT)).toEqual([]);
      await store.conversations.setApprovalRoom(room.id, entry({ event: "approval-room-set" }));
      expect(await store.conversations.approvalRooms(TENANT)).toEqual([{ ...room, approvalRoom: true }]);
      expect((await store.audit.read(TENANT)).map((record) => record.event)).toEqual(["approval-room-set"]);
    });

    it("that are not known cannot become an approval room, and nothing is recorded", async () => {
      await expect(store.conversations.setApprovalRoom(ROOM, entry())).rejects.toMatchObject({
        code: "store-unavailable",
      });
      expect(await store.audit.read(TENANT)).toEqual([]);
    });

    it("end as approval rooms together with the record of it, once", async () => {
      await store.conversations.remember(room);
      await store.conversations.setApprovalRoom(room.id, entry({ event: "approval-room-set" }));
      await expect(store.conversations.endApprovalRoom(room.id, unrecordable())).rejects.toThrow();
      expect(await store.conversations.approvalRooms(TENANT)).toHaveLength(1);
      const ended = entry({ event: "approval-room-ended" });
      const said = await Promise.all([1, 2].map(() => store.conversations.endApprovalRoom(room.id, ended)));
      expect([...said].sort()).toEqual([false, true]);
      expect(await store.conversations.approvalRooms(TENANT)).toEqual([]);
      expect(await store.conversations.find(room.id)).toEqual({ ...room, approvalRoom: false });
      expect((await store.audit.read(TENANT)).map((record) => record.event)).toEqual([
        "approval-room-set",
        "approval-room-ended",
      ]);
    });

    it("that are not known are no approval room to end", async () => {
      expect(await store.conversations.endApprovalRoom(ROOM, entry())).toBe(false);
      expect(await store.audit.read(TENANT)).toEqual([]);
    });

    it("are listed by tenant and sort", async () => {
      const bobs = conversation({ id: conversationId("b:chat"), kind: "personal", person: BOB });
      const foreign = conversation({
        id: conversationId("c:chat"),
        kind: "personal",
        tenantId: OTHER_TENANT,
      });
      for (const each of [room, bobs, chat, foreign]) await store.conversations.remember(each);
      await store.conversations.setApprovalRoom(foreign.id, entry({ tenantId: OTHER_TENANT }));
      const chats = await store.conversations.personalChats(TENANT);
      expect(chats.map((each) => [each.id, each.person])).toEqual([
        [chat.id, ADA],
        [bobs.id, BOB],
      ]);
      expect(await store.conversations.approvalRooms(TENANT)).toEqual([]);
    });

    it("are found by the people whose chats they are, in this tenant, however many are asked for", async () => {
      const bobs = conversation({ id: conversationId("b:chat"), kind: "personal", person: BOB });
      const foreign = conversation({ ...bobs, id: conversationId("c:chat"), tenantId: OTHER_TENANT });
      const group = conversation({ id: conversationId("d:group"), person: BOB });
      for (const each of [room, bobs, chat, foreign, group]) await store.conversations.remember(each);
      const found = async (...people: readonly PersonId[]) =>
        (await store.conversations.chatsOf(TENANT, people)).map(({ id, person }) => [id, person]);
      expect(await found(BOB.id)).toEqual([[bobs.id, BOB]]);
      const strangers = Array.from({ length: 1_200 }, (_, at) => personId(`stranger-${at}`));
      expect(await found(ADA.id, ...strangers, BOB.id)).toEqual([
        [chat.id, ADA],
        [bobs.id, BOB],
      ]);
      expect(await found()).toEqual([]);
      await store.conversations.forget(bobs.id);
      expect(await found(BOB.id)).toEqual([]);
    });

    it("are forgotten, approval room and all", async () => {
      await store.conversations.remember(room);
      await store.conversations.setApprovalRoom(room.id, entry());
      await store.conversations.forget(room.id);
      await store.conversations.forget(room.id);
      expect(await store.conversations.find(room.id)).toBeUndefined();
      await store.conversations.remember(room);
      expect((await store.conversations.find(room.id))?.approvalRoom).toBe(false);
    });
  });

  describe("as a whole", () => {
    it("is ready until it is closed, and then says so in every answer", async () => {
      expect(await store.isReady()).toBe(true);
      await store.close();
      expect(await store.isReady()).toBe(false);
      await expect(store.audit.append(entry())).rejects.toMatchObject({ code: "store-unavailable" });
    });

    it("finishes what is under way before it closes", async () => {
      const writes = Array.from({ length: 20 }, () => store.audit.append(entry()));
      await store.close();
      expect((await Promise.all(writes)).map((record) => record.sequence)).toHaveLength(20);
      store = await opened.reopen();
      expect(await store.audit.read(TENANT)).toHaveLength(20);
    });

    it("is not ready without its tables", async () => {
      await opened.meddle("alter table tenants rename to away");
      expect(await store.isReady()).toBe(false);
      await opened.meddle("alter table away rename to tenants");
      expect(await store.isReady()).toBe(true);
    });

    it("refuses a database that a newer version wrote", async () => {
      await store.close();
      await opened.meddle(
        "insert into kysely_migration (name, timestamp) values ('999-newer', '2030-01-01')",
      );
      await expect(opened.reopen()).rejects.toThrow("written by a newer version of Latchkey");
      await opened.meddle("delete from kysely_migration where name = '999-newer'");
      expect(await (await opened.reopen()).isReady()).toBe(true);
    });
  });
}
