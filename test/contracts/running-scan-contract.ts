import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversationId } from "../../src/core/person.js";
import type { Scan } from "../../src/core/scan/scan.js";
import type { ScanStore } from "../../src/core/stores.js";
import type { OpenedScans } from "./scan-store-contract.js";
import {
  ASKER,
  account,
  begun,
  crowd,
  failed,
  finished,
  gone,
  holderIds,
  inventory,
  pendingNames,
  read,
  readWithout,
  scan,
} from "./scanned-things.js";
import { BOB, OTHER_TENANT, TENANT } from "./stored-things.js";

const NOBODY = { pending: 0, read: 0, carried: 0, gone: 0, unread: 0 };
const ENDED = { name: "Fault", code: "store-unavailable" };
const READ = { carry: false } as const;
const CARRY = { carry: true } as const;

export function describeRunningScan(name: string, open: () => Promise<OpenedScans>): void {
  describe(`${name}: a scan under way`, () => {
    let opened: OpenedScans;
    let scans: ScanStore;
    beforeEach(async () => {
      opened = await open();
      scans = opened.scans;
    });
    afterEach(() => opened.close());

    describe("begins", () => {
      it("once in a tenant: whoever asks meanwhile joins it", async () => {
        const first = scan("1");
        expect(await scans.begin(first)).toEqual({ scan: first, joined: false });
        const bob = { ...ASKER, person: BOB };
        const begin = await scans.begin(scan("2", { kind: "changes", askers: [bob] }));
        expect(begin).toEqual({ scan: { ...first, askers: [ASKER, bob] }, joined: true });
        expect(await scans.running(TENANT)).toEqual(begin.scan);
      });

      it("once when two ask at the same moment", async () => {
        const begins = await Promise.all([scans.begin(scan("1")), scans.begin(scan("2"))]);
        expect(begins.map(({ joined }) => joined).sort()).toEqual([false, true]);
        expect(new Set(begins.map((begin) => begin.scan.scanId)).size).toBe(1);
      });

      it("for each asker and conversation once, at once if they ever asked for the scan itself", async () => {
        const waits = { ...ASKER, shows: "when-slow" } as const;
        const elsewhere = { ...waits, conversation: conversationId("elsewhere") };
        await scans.begin(scan("1", { askers: [waits] }));
        await scans.begin(scan("2", { askers: [ASKER] }));
        const { scan: joined } = await scans.begin(scan("3", { askers: [waits, elsewhere] }));
        expect(joined.askers).toEqual([ASKER, elsewhere]);
      });

      it("in each tenant by itself, even with the same id", async () => {
        const elsewhere = scan("1", { tenantId: OTHER_TENANT });
        await begun(scans, scan("1"), crowd(3));
        expect(await scans.begin(elsewhere)).toEqual({ scan: elsewhere, joined: false });
        await scans.addPeople(elsewhere, crowd(2), READ);
        await scans.keepAnswers(elsewhere, read(account(1)));
        expect(await scans.counts(scan("1"))).toEqual({ ...NOBODY, pending: 3 });
        expect(await scans.counts(elsewhere)).toEqual({ ...NOBODY, pending: 1, read: 1 });
        await scans.finish(elsewhere, inventory(elsewhere));
        expect(await scans.running(TENANT)).toEqual(scan("1"));
        expect(await scans.latest(TENANT)).toBeUndefined();
      });

      it("anew when the one before has ended", async () => {
        expect(await scans.running(TENANT)).toBeUndefined();
        await finished(scans, scan("1"), read(account(1)));
        expect(await scans.running(TENANT)).toBeUndefined();
        expect(await scans.begin(scan("2"))).toEqual({ scan: scan("2"), joined: false });
        expect(await scans.counts(scan("2"))).toEqual(NOBODY);
      });
    });

    describe("lists people", () => {
      it("together with where to go on, and keeps who joined meanwhile", async () => {
        await scans.begin(scan("1"));
        const bob = { ...ASKER, person: BOB };
        await scans.begin(scan("2", { askers: [bob] }));
        const next = scan("1", { listing: { step: "people", next: "page 2" }, methods: ["fido2"] });
        await scans.addPeople(next, crowd(2), READ);
        expect(await scans.running(TENANT)).toEqual({ ...next, askers: [ASKER, bob] });
        const done = scan("1", { listing: { step: "done" } });
        await scans.addMissing(done);
        expect(await scans.running(TENANT)).toEqual({ ...done, askers: [ASKER, bob] });
      });

      it("once each, in the order in which they came", async () => {
        const one = await begun(scans, scan("1"), [account(3), account(1), account(3)]);
        await scans.addPeople(one, [account(1), account(2), account(3)], READ);
        await scans.addPeople(one, [], READ);
        expect(await pendingNames(scans, one)).toEqual(["Person 3", "Person 1", "Person 2"]);
      });

      it("who stay as they are when they are listed again", async () => {
        const one = await begun(scans, scan("1"), crowd(4));
        await scans.keepAnswers(one, [
          ...read(account(1)),
          ...gone(account(2)),
          ...failed(account(3)),
          ...readWithout(account(4)),
        ]);
        await scans.addPeople(one, crowd(4), READ);
        expect(await scans.counts(one)).toEqual({ ...NOBODY, read: 2, gone: 1, unread: 1 });
        expect(await holderIds(scans, one)).toEqual([account(1).id]);
      });

      it("by the newer name, and nobody stops being an administrator", async () => {
        const emergency = account(1, { name: "Emergency account", isAdmin: true });
        const one = await begun(scans, scan("1"), [emergency, account(2)]);
        const listed = [account(1, { name: "Grace" }), account(2, { name: "Joan", isAdmin: true })];
        await scans.addPeople(one, listed, READ);
        expect((await scans.pending(one, 0, 10)).map((person) => person.account)).toEqual([
          account(1, { name: "Grace", isAdmin: true }),
          account(2, { name: "Joan", isAdmin: true }),
        ]);
      });

      it("fifteen hundred in one page", async () => {
        const one = await begun(scans, scan("1"), crowd(1_500));
        expect(await scans.counts(one)).toEqual({ ...NOBODY, pending: 1_500 });
        expect((await scans.pending(one, 0, 2_000)).map((person) => person.account)).toEqual(crowd(1_500));
      });
    });

    it("is written on only by whoever went on with it last: not by one that was paused and does not know", async () => {
      const one = await begun(scans, scan("1"), crowd(1));
      const resumed = { ...one, interruptions: 1 };
      await scans.addPeople(resumed, [], READ);
      for (const write of [
        () => scans.addPeople(one, [account(2)], CARRY),
        () => scans.addMissing(one),
        () => scans.finish(one, inventory(one)),
      ]) {
        await expect(write()).rejects.toMatchObject(ENDED);
      }
      expect(await scans.running(TENANT)).toEqual(resumed);
      expect(await pendingNames(scans, resumed)).toEqual(["Person 1"]);
      await scans.addPeople(resumed, [account(2)], READ);
    });

    describe("tells whom to read", () => {
      it("in pages, each after the last position of the one before", async () => {
        const one = await begun(scans, scan("1"), crowd(5));
        const first = await scans.pending(one, 0, 2);
        const second = await scans.pending(one, first.at(-1)?.position ?? 0, 100);
        expect([...first, ...second].map((person) => person.account)).toEqual(crowd(5));
        const positions = [...first, ...second].map((person) => person.position);
        expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
        expect(positions[0]).toBeGreaterThan(0);
      });

      it("who came later at later positions, however they came", async () => {
        await finished(scans, scan("0"), read(...crowd(3, 100)));
        const one = await begun(scans, scan("1", { kind: "changes", base: "0" }), crowd(2));
        let last = 0;
        const further = async () => {
          const page = await scans.pending(one, last, 100);
          last = page.at(-1)?.position ?? last;
          return page.map((person) => person.account.name);
        };
        expect(await further()).toEqual(["Person 1", "Person 2"]);
        await scans.addPeople(one, [account(1), account(3)], READ);
        expect(await further()).toEqual(["Person 3"]);
        await scans.addMissing(one);
        expect(await further()).toEqual(["Person 100", "Person 101", "Person 102"]);
        await scans.addPeople(one, [account(4)], READ);
        expect(await further()).toEqual(["Person 4"]);
        expect(await further()).toEqual([]);
      });
    });

    describe("keeps what was learned", () => {
      it("about each: read, gone or not read", async () => {
        const one = await begun(scans, scan("1"), crowd(5));
        await scans.keepAnswers(one, [
          ...read(account(1), account(2)),
          ...gone(account(3)),
          ...failed(account(4)),
        ]);
        await scans.keepAnswers(one, []);
        expect(await scans.counts(one)).toEqual({ pending: 1, read: 2, carried: 0, gone: 1, unread: 1 });
        expect(await pendingNames(scans, one)).toEqual(["Person 5"]);
      });

      it("about nobody who was not listed", async () => {
        const one = await begun(scans, scan("1"), crowd(1));
        await scans.keepAnswers(one, read(account(7), account(1)));
        expect(await scans.counts(one)).toEqual({ ...NOBODY, read: 1 });
        expect(await holderIds(scans, one)).toEqual([account(1).id]);
      });

      it.each([
        ["finished", (one: Scan) => scans.finish(one, inventory(one))],
        ["was discarded", (one: Scan) => scans.discard(one)],
      ])("only until it %s", async (_, end) => {
        const one = await begun(scans, scan("1"), crowd(2));
        await end(one);
        const before = await scans.counts(one);
        for (const late of [
          () => scans.keepAnswers(one, read(account(1))),
          () => scans.addPeople(one, crowd(3), READ),
          () => scans.addMissing(one),
          () => scans.finish(one, inventory(one)),
        ]) {
          await expect(late()).rejects.toMatchObject(ENDED);
        }
        expect(await scans.counts(one)).toEqual(before);
        expect(await scans.running(TENANT)).toBeUndefined();
      });
    });
  });
}
