import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Digest } from "../../src/core/news/digest.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, BOB, entry, OTHER_TENANT, TENANT, unrecordable } from "./stored-things.js";

export function aDigest(changes: Partial<Digest> = {}): Digest {
  return {
    tenantId: TENANT,
    day: "2026-11-16",
    at: AT,
    isOn: true,
    open: { count: 0, plans: [] },
    notices: [],
    ...changes,
  };
}

export function describeDigests(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: digests`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it("are stored once for a day, however many add one at once, in each tenant by itself, over a restart", async () => {
      const { digests } = store;
      const tries = [AT, "2026-11-16T07:00:01.000Z", "2026-11-16T07:00:02.000Z"].map((at) =>
        digests.add(aDigest({ at })),
      );
      expect([...(await Promise.all(tries))].sort()).toEqual([false, false, true]);
      await digests.add(aDigest({ day: "2026-11-09" }));
      const again = await opened.reopen();
      expect((await again.digests.latest(TENANT))?.day).toBe("2026-11-16");
      expect(await again.digests.find(TENANT, "2026-11-09")).toEqual(aDigest({ day: "2026-11-09" }));
      expect(await again.digests.latest(OTHER_TENANT)).toBeUndefined();
    });

    it("are wanted until that is turned off, by whom is kept, with one record for each turn", async () => {
      const { digests } = store;
      expect(await digests.isOn(TENANT)).toEqual({ isOn: true });
      const off = { isOn: false, said: { by: ADA, at: AT } };
      await expect(digests.turn(TENANT, off, unrecordable())).rejects.toThrow();
      expect(await digests.isOn(TENANT)).toEqual({ isOn: true });
      const record = entry({ event: "digest-turned-off" });
      const both = await Promise.all([digests.turn(TENANT, off, record), digests.turn(TENANT, off, record)]);
      expect([...both].sort()).toEqual([false, true]);
      expect(await digests.isOn(TENANT)).toEqual(off);
      expect(await digests.isOn(OTHER_TENANT)).toEqual({ isOn: true });
      expect(await digests.add(aDigest())).toBe(false);
      const on = { isOn: true, said: { by: BOB, at: AT } };
      expect(await digests.turn(TENANT, on, entry({ event: "digest-turned-on" }))).toBe(true);
      expect(await digests.isOn(TENANT)).toEqual(on);
      expect(await digests.add(aDigest())).toBe(true);
      const events = (await store.audit.read(TENANT)).map(({ event }) => event);
      expect(events).toEqual(["digest-turned-off", "digest-turned-on"]);
    });
  });
}
