import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TenantId } from "../../src/core/person.js";
import type { ScanStore } from "../../src/core/stores.js";
import {
  account,
  begun,
  crowd,
  failed,
  finished,
  holderIds,
  inventory,
  pendingNames,
  read,
  scan,
} from "./scanned-things.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, OTHER_TENANT, ROOM, TENANT } from "./stored-things.js";

const FAULT = { name: "Fault", code: "store-altered" };
const FAILED = { name: "Fault", code: "store-unavailable" };
const NOBODY = { pending: 0, read: 0, carried: 0, gone: 0, unread: 0 };

/** What a store of scans keeps to beyond its port, because it is one database with everything else. */
export function describeStoredScans(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: scans in the database`, () => {
    let opened: OpenedStore;
    let scans: ScanStore;
    beforeEach(async () => {
      opened = await open();
      scans = opened.store.scans;
    });
    afterEach(() => opened.close());

    it("go on where they were after a restart, and what waits still waits", async () => {
      const done = await finished(scans, scan("0"), read(account(9)));
      const one = await begun(scans, scan("1", { listing: { step: "people", next: "page 2" } }), crowd(3));
      await scans.keepAnswers(one, read(account(2)));
      const waits = {
        id: "w",
        tenantId: TENANT,
        person: ADA,
        conversation: ROOM,
        askedAt: AT,
        kind: "revise",
        planNumber: 1,
      } as const;
      await opened.store.deferred.add(waits);
      const again = await opened.reopen();
      expect(await again.scans.running(TENANT)).toEqual(one);
      expect(await pendingNames(again.scans, one)).toEqual(["Person 1", "Person 3"]);
      expect(await again.scans.latest(TENANT)).toMatchObject(inventory(done));
      expect(await again.deferred.all(TENANT)).toMatchObject([waits]);
    });

    it.each([
      ["where to go on", "before update of body on scans"],
      ["the people", "before insert on scan_people"],
    ])("get neither people nor progress when %s cannot be stored", async (_, moment) => {
      const base = await finished(scans, scan("0"), read(account(9)));
      const one = scan("1", { kind: "changes", base: base.scanId });
      await scans.begin(one);
      await opened.failAt(moment);
      const next = { ...one, listing: { step: "done" } } as const;
      await expect(scans.addPeople(next, crowd(2), { carry: false })).rejects.toMatchObject(FAILED);
      await expect(scans.addMissing(next)).rejects.toMatchObject(FAILED);
      await opened.mend();
      expect(await scans.running(TENANT)).toEqual(one);
      expect(await scans.counts(one)).toEqual(NOBODY);
    });

    it("end as a whole or not at all", async () => {
      for (const id of ["1", "2"]) await finished(scans, scan(id), read(account(1)));
      const three = await begun(scans, scan("3"), []);
      await opened.failAt("before delete on scans");
      await expect(scans.finish(three, inventory(three))).rejects.toMatchObject(FAILED);
      await expect(scans.discard(three)).rejects.toMatchObject(FAILED);
      await opened.mend();
      expect(await scans.running(TENANT)).toEqual(three);
      expect(await holderIds(scans, scan("1"))).toEqual([account(1).id]);
    });

    it("are two at a time in no tenant, whatever is done to them", async () => {
      await scans.begin(scan("1"));
      const second = `insert into scans select tenant_id, '2', state, finished_at, complete, last_position, body from scans`;
      await expect(opened.meddle(second)).rejects.toThrow(/unique/i);
    });

    it.each([
      ["is no JSON", "update scans set body = '{'"],
      ["lacks what a scan has", "update scans set body = '{}'"],
      ["is another scan than its key says", "update scans set scan_id = 'other'"],
      ["was moved to another tenant", `update scans set tenant_id = '${OTHER_TENANT}'`],
      ["is at no step we know", `update scans set body = replace(body, '"people"', '"blessed"')`],
    ])("under way are not believed when what is stored %s", async (_, sql) => {
      await begun(scans, scan("1"), crowd(1));
      await opened.meddle(sql);
      for (const tenant of [TENANT, OTHER_TENANT]) {
        const found = await scans.running(tenant).catch((error: unknown) => error);
        if (found !== undefined) expect(found).toMatchObject(FAULT);
      }
    });

    it.each([
      ["is no JSON", "update scans set body = '{'"],
      ["lacks what a scan found", `update scans set body = '{"keyholders":1}'`],
      ["is another scan than its key says", "update scans set scan_id = 'other'"],
      [
        "is called complete and is not",
        `update scans set body = replace(body, '"unreadCount":0', '"unreadCount":1')`,
      ],
      ["does not say who asked", `update scans set body = replace(body, '"askers"', '"other"')`],
      ["does not say what was read", `update scans set body = replace(body, '"changesSince"', '"other"')`],
      ["is a scan under way", "update scans set state = 'running'"],
    ])("that finished are not believed when what is stored %s", async (_, sql) => {
      await finished(scans, scan("1"), read(account(1)));
      await opened.meddle(sql);
      const finishedOne = (tenant: TenantId) => scans.finished(tenant, "1");
      for (const reading of [scans.latest, finishedOne, scans.running]) {
        const found = await reading(TENANT).catch((error: unknown) => error);
        if (found !== undefined) expect(found).toMatchObject(FAULT);
      }
    });

    it.each([
      ["are no JSON", "update scan_people set detail = '[' where has_passkeys = 1"],
      ["are none", "update scan_people set detail = '[]' where has_passkeys = 1"],
      ["have no model", `update scan_people set detail = '[{}]' where has_passkeys = 1`],
    ])("do not pass on somebody's passkeys that %s", async (_, sql) => {
      await finished(scans, scan("1"), [...read(account(1)), ...failed(account(2))]);
      await opened.meddle(sql);
      await expect(holderIds(scans, scan("1"))).rejects.toMatchObject(FAULT);
    });

    it("do not count people of whom nobody knows what became", async () => {
      const one = await begun(scans, scan("1"), crowd(2));
      await opened.meddle(`update scan_people set state = 'blessed' where person_id = '${account(1).id}'`);
      await expect(scans.counts(one)).rejects.toMatchObject(FAILED);
    });

    it("do not go on with something that waits and is damaged", async () => {
      await opened.meddle(
        `insert into deferred_changes (id, tenant_id, asked_at, body) values ('1', '${TENANT}', '${AT}', '{"id":"1"}')`,
      );
      await expect(opened.store.deferred.all(TENANT)).rejects.toMatchObject(FAULT);
    });

    it("take in what a base of twenty thousand people knows and nobody listed", async () => {
      const people = crowd(20_000);
      await finished(scans, scan("1"), read(...people));
      const two = await begun(scans, scan("2", { kind: "changes", base: "1" }), people.slice(0, 10));
      await scans.addMissing(two);
      expect(await scans.counts(two)).toEqual({ ...NOBODY, pending: 20_000 });
      const [first] = await scans.pending(two, 19_999, 1);
      expect(first).toBeDefined();
    });
  });
}
