import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Scan } from "../../src/core/scan/scan.js";
import type { ScanStore } from "../../src/core/stores.js";
import type { OpenedScans } from "./scan-store-contract.js";
import {
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
import { OTHER_TENANT } from "./stored-things.js";

const NOBODY = { pending: 0, read: 0, carried: 0, gone: 0, unread: 0 };
const ENDED = { name: "Fault", code: "store-unavailable" };
const READ = { carry: false } as const;
const CARRY = { carry: true } as const;

export function describeScanBase(name: string, open: () => Promise<OpenedScans>): void {
  describe(`${name}: a scan takes over from its base`, () => {
    let opened: OpenedScans;
    let scans: ScanStore;
    beforeEach(async () => {
      opened = await open();
      scans = opened.scans;
    });
    afterEach(() => opened.close());

    /** Read with a passkey, read without one, gone, unread; and somebody who was carried already. */
    async function base(): Promise<Scan> {
      await finished(scans, scan("0"), read(account(5)));
      const one = await begun(scans, scan("1", { kind: "changes", base: "0" }), crowd(4));
      await scans.addPeople(one, [account(5)], CARRY);
      await scans.keepAnswers(one, [
        ...read(account(1)),
        ...readWithout(account(2)),
        ...gone(account(3)),
        ...failed(account(4)),
      ]);
      return scans.finish(one, inventory(one));
    }
    const onBase = scan("2", { kind: "changes", base: "1" });

    it("whoever was read or taken over there, and nobody else", async () => {
      await base();
      await scans.begin(onBase);
      await scans.addPeople(onBase, crowd(6), CARRY);
      expect(await scans.counts(onBase)).toEqual({ ...NOBODY, carried: 3, pending: 3 });
      expect(await pendingNames(scans, onBase)).toEqual(["Person 3", "Person 4", "Person 6"]);
      expect(await holderIds(scans, onBase)).toEqual([account(1).id, account(5).id]);
    });

    it("nobody who is listed as changed, before or after", async () => {
      await base();
      await scans.begin(onBase);
      await scans.addPeople(onBase, [account(1)], READ);
      await scans.addPeople(onBase, crowd(2), CARRY);
      expect(await pendingNames(scans, onBase)).toEqual(["Person 1"]);
      expect(await holderIds(scans, onBase)).toEqual([]);
    });

    it("only of its own tenant", async () => {
      await base();
      const elsewhere = { ...onBase, tenantId: OTHER_TENANT };
      await scans.begin(elsewhere);
      await scans.addPeople(elsewhere, crowd(5), CARRY);
      expect(await scans.counts(elsewhere)).toEqual({ ...NOBODY, pending: 5 });
    });

    it("at places that do not grow from scan to scan", async () => {
      const places: number[] = [];
      for (const number of [1, 2, 3, 4]) {
        const one = await begun(scans, scan(`${number}`, number === 1 ? {} : { base: `${number - 1}` }), [
          account(1),
        ]);
        await scans.addPeople(one, number === 1 ? crowd(3) : [], READ);
        if (number > 1) await scans.addMissing(one);
        places.push((await scans.pending(one, 0, 10)).at(-1)?.position ?? 0);
        await scans.keepAnswers(one, read(...crowd(3)));
        await scans.finish(one, inventory(one));
      }
      expect(places[3]).toBe(places[1]);
    });

    it("to be read: whoever had passkeys there or was unread, and was not listed", async () => {
      await base();
      await scans.begin(onBase);
      await scans.addPeople(onBase, [account(9), account(1)], CARRY);
      await scans.addMissing(onBase);
      await scans.addMissing(onBase);
      expect(await pendingNames(scans, onBase)).toEqual(["Person 9", "Person 4", "Person 5"]);
      expect(await scans.counts(onBase)).toEqual({ ...NOBODY, carried: 1, pending: 3 });
      await scans.keepAnswers(onBase, readWithout(account(4), account(5), account(9)));
      expect(await holderIds(scans, onBase)).toEqual([account(1).id]);
    });

    it("nobody, where there is no base", async () => {
      await base();
      const full = await begun(scans, scan("2"), []);
      await scans.addPeople(full, crowd(2), CARRY);
      await scans.addMissing(full);
      expect(await scans.counts(full)).toEqual({ ...NOBODY, pending: 2 });
    });

    it("nobody of a base that is there no more: those it alone knew would be forgotten", async () => {
      const orphan = scan("2", { kind: "changes", base: "never" });
      await begun(scans, orphan, []);
      await expect(scans.addMissing(orphan)).rejects.toMatchObject(ENDED);
    });
  });
}
