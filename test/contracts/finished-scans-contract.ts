import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PersonId } from "../../src/core/person.js";
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
  holderPages,
  incomplete,
  inventory,
  PASSKEY,
  read,
  readWithout,
  scan,
} from "./scanned-things.js";
import { BOB, OTHER_TENANT, TENANT } from "./stored-things.js";

const NOBODY = { pending: 0, read: 0, carried: 0, gone: 0, unread: 0 };
const REMOVED = { name: "Fault", code: "store-unavailable" };

export function describeFinishedScans(name: string, open: () => Promise<OpenedScans>): void {
  describe(`${name}: scans that ended`, () => {
    let opened: OpenedScans;
    let scans: ScanStore;
    beforeEach(async () => {
      opened = await open();
      scans = opened.scans;
    });
    afterEach(() => opened.close());

    it("are found by their id, and the latest without it", async () => {
      expect(await scans.latest(TENANT)).toBeUndefined();
      expect(await scans.finished(TENANT, "1")).toBeUndefined();
      await finished(scans, scan("1"), read(account(1)));
      await finished(scans, scan("2"), failed(account(1)), incomplete(scan("2")));
      await begun(scans, scan("3"), crowd(1));
      expect(await scans.latest(TENANT)).toMatchObject(incomplete(scan("2")));
      expect(await scans.finished(TENANT, "1")).toMatchObject(inventory(scan("1")));
      expect(await scans.finished(TENANT, "2")).toMatchObject(incomplete(scan("2")));
      expect(await scans.finished(TENANT, "3")).toBeUndefined();
      expect(await scans.latest(OTHER_TENANT)).toBeUndefined();
      expect(await scans.finished(OTHER_TENANT, "1")).toBeUndefined();
    });

    it("know of one person what was read, that nothing could be, or nothing", async () => {
      const all = [account(1), account(2), account(3), account(4)] as const;
      await begun(scans, scan("1"), [...all]);
      const answers = [...read(all[0]), ...readWithout(all[1]), ...failed(all[2]), ...gone(all[3])];
      await scans.keepAnswers(scan("1"), answers);
      await scans.finish(scan("1"), incomplete(scan("1")));
      const known = (id: PersonId, tenant = TENANT, scanId = "1") => scans.ofPerson(tenant, scanId, id);
      expect(await known(all[0].id)).toEqual({ kind: "read", passkeys: [PASSKEY] });
      expect(await known(all[1].id)).toEqual({ kind: "none" });
      expect(await known(all[2].id)).toEqual({ kind: "unread" });
      expect(await known(all[3].id)).toEqual({ kind: "none" });
      expect(await known(account(9).id)).toEqual({ kind: "none" });
      // A scan that is no longer kept would look like one that found nothing.
      await expect(known(all[0].id, OTHER_TENANT)).rejects.toMatchObject(REMOVED);
      await expect(known(all[0].id, TENANT, "2")).rejects.toMatchObject(REMOVED);
    });

    it("are the latest in the order in which they ended, wherever the clock went", async () => {
      for (const [id, finishedAt] of [
        ["1", "2026-11-22T12:00:00.000Z"],
        ["2", "2026-11-22T12:00:00.000Z"],
        ["3", "2026-11-22T11:00:00.000Z"],
        ["4", "2026-11-22T11:00:00.001Z"],
      ] as const) {
        await finished(scans, scan(id), read(account(1)), inventory(scan(id), { finishedAt }));
        expect(await scans.latest(TENANT)).toMatchObject({ scanId: id, finishedAt });
      }
    });

    it("tell who asked, those who joined meanwhile too", async () => {
      const one = await begun(scans, scan("1"), crowd(1));
      const bob = { ...ASKER, person: BOB };
      await scans.begin(scan("2", { askers: [bob] }));
      expect(await scans.finish(one, inventory(one))).toEqual({ ...one, askers: [ASKER, bob] });
    });

    it("go when they ended before a given time, and no other does", async () => {
      for (const [id, finishedAt] of [
        ["1", "2026-11-20T12:00:00.000Z"],
        ["2", "2026-11-22T12:00:00.000Z"],
      ] as const)
        await finished(scans, scan(id), read(account(1)), inventory(scan(id), { finishedAt }));
      await begun(scans, scan("3"), crowd(1));
      expect(await scans.dropFinishedBefore(OTHER_TENANT, "2027-01-01T00:00:00.000Z")).toBe(0);
      expect(await scans.dropFinishedBefore(TENANT, "2026-11-22T12:00:00.000Z")).toBe(1);
      expect(await scans.finished(TENANT, "1")).toBeUndefined();
      expect(await scans.latest(TENANT)).toMatchObject({ scanId: "2" });
      expect(await scans.dropFinishedBefore(TENANT, "2027-01-01T00:00:00.000Z")).toBe(1);
      expect(await scans.latest(TENANT)).toBeUndefined();
      expect(await scans.running(TENANT)).toMatchObject({ scanId: "3" });
    });

    it("are kept: the last two, complete or not", async () => {
      const kept = async (...ids: readonly string[]) => {
        const found: string[] = [];
        for (const id of ids) {
          const holders = await holderIds(scans, scan(id)).catch(() => undefined);
          const stored = await scans.finished(TENANT, id);
          expect(stored === undefined).toBe(holders === undefined);
          if (holders !== undefined) found.push(id);
          const people = holders === undefined ? NOBODY : { ...NOBODY, read: 1 };
          expect(await scans.counts(scan(id))).toEqual(people);
        }
        return found;
      };
      await finished(scans, scan("1"), read(account(1)));
      for (const id of ["2", "3"]) await finished(scans, scan(id), read(account(1)), incomplete(scan(id)));
      expect(await kept("1", "2", "3")).toEqual(["2", "3"]);
      await finished(scans, scan("4"), read(account(1)));
      expect(await kept("1", "2", "3", "4")).toEqual(["3", "4"]);
    });

    it("go in their own tenant only", async () => {
      const elsewhere = scan("1", { tenantId: OTHER_TENANT });
      await finished(scans, elsewhere, read(account(1)));
      for (const id of ["1", "2", "3"]) await finished(scans, scan(id), read(account(1)));
      await expect(holderIds(scans, scan("1"))).rejects.toMatchObject(REMOVED);
      expect(await holderIds(scans, elsewhere)).toEqual([account(1).id]);
      expect(await scans.latest(OTHER_TENANT)).toMatchObject(inventory(elsewhere));
    });

    describe("without a result", () => {
      it("are handed back once, with all who asked, and leave nothing", async () => {
        const one = await begun(scans, scan("1"), crowd(2));
        const bob = { ...ASKER, person: BOB };
        await scans.begin(scan("2", { askers: [bob] }));
        expect(await scans.discard({ ...one, tenantId: OTHER_TENANT })).toBeUndefined();
        expect(await scans.discard(one)).toEqual({ ...one, askers: [ASKER, bob] });
        expect(await scans.discard(one)).toBeUndefined();
        expect(await scans.running(TENANT)).toBeUndefined();
        expect(await scans.latest(TENANT)).toBeUndefined();
        expect(await scans.counts(one)).toEqual(NOBODY);
        expect(await scans.pending(one, 0, 10)).toEqual([]);
      });

      it("cannot be those that have a result", async () => {
        const one = await finished(scans, scan("1"), read(account(1)));
        expect(await scans.discard(one)).toBeUndefined();
        expect(await holderIds(scans, one)).toEqual([account(1).id]);
      });

      it("leave the ones before as they were", async () => {
        const one = await finished(scans, scan("1"), read(account(1)));
        await begun(scans, scan("2"), crowd(2));
        await scans.discard(scan("2"));
        expect(await scans.latest(TENANT)).toMatchObject(inventory(one));
        expect(await holderIds(scans, one)).toEqual([account(1).id]);
      });
    });

    describe("tell who has passkeys", () => {
      it("person by person, with all they said", async () => {
        const admin = account(2, { isAdmin: true });
        const synced = { ...PASSKEY, type: "synced", attested: false, model: "Vault" } as const;
        await finished(scans, scan("1"), [
          { kind: "read", account: admin, passkeys: [PASSKEY, synced] },
          ...readWithout(account(3)),
          ...failed(account(4)),
          ...read(account(1)),
        ]);
        const pages = await holderPages(scans, scan("1"));
        expect(pages.flat()).toEqual([
          { ...account(1), passkeys: [PASSKEY] },
          { ...admin, passkeys: [PASSKEY, synced] },
        ]);
      });

      it("in pages, by id, each once", async () => {
        const people = crowd(1_200);
        await finished(scans, scan("1"), read(...people.toReversed()));
        const pages = await holderPages(scans, scan("1"));
        expect(pages.flat().map((person) => person.id)).toEqual(people.map((person) => person.id));
        expect(pages.every((page) => page.length > 0 && page.length < people.length)).toBe(true);
      });

      it("of an unknown scan to nobody: that is a fault, not an empty list", async () => {
        await expect(holderIds(scans, scan("never"))).rejects.toMatchObject(REMOVED);
        await finished(scans, scan("1"), readWithout(account(1)));
        expect(await holderIds(scans, scan("1"))).toEqual([]);
      });

      it("or fail when the scan is removed meanwhile: never a shorter list", async () => {
        await finished(scans, scan("1"), read(...crowd(1_200)));
        const pages = scans.keyholders(TENANT, "1")[Symbol.asyncIterator]();
        expect((await pages.next()).done).toBe(false);
        for (const id of ["2", "3"]) await finished(scans, scan(id), read(account(1)));
        const rest = async () => {
          while ((await pages.next()).done !== true);
        };
        await expect(rest()).rejects.toMatchObject(REMOVED);
      });
    });

    it("tell who could not be read: administrators first, then by name, no more than asked", async () => {
      const people = [
        account(1, { name: "Zoe" }),
        account(2, { name: "Ann" }),
        account(3, { name: "Max", isAdmin: true }),
        account(4, { name: "Ann" }),
        account(5, { name: "Eve", isAdmin: true }),
      ];
      const one = await begun(scans, scan("1"), [...people, account(6)]);
      await scans.keepAnswers(one, [...failed(...people.toReversed()), ...read(account(6))]);
      const unread = await scans.unread(TENANT, "1", 10);
      expect(unread.map(({ name, id }) => [name, id])).toEqual(
        [people[4], people[2], people[1], people[3], people[0]].map((person) => [person?.name, person?.id]),
      );
      expect(unread[0]).toEqual({ ...people[4], why: "Graph said 403" });
      expect(await scans.unread(TENANT, "1", 2)).toEqual(unread.slice(0, 2));
      expect(await scans.unread(OTHER_TENANT, "1", 10)).toEqual([]);
    });
  });
}
