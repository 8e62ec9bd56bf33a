import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OwnScanPause } from "../../src/core/scan/own-scan.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { AT, OTHER_TENANT, TENANT } from "./stored-things.js";

export function aPause(times = 2): OwnScanPause {
  return { tenantId: TENANT, at: AT, kind: "failed", fault: "graph-denied", times };
}

export function describeOwnScans(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: why its own scan waits`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it("is kept as it was said last, in each tenant by itself, over a restart, until it goes on", async () => {
      expect(await store.ownScans.pause(TENANT)).toBeUndefined();
      await store.ownScans.wait(aPause());
      await store.ownScans.wait(aPause(3));
      const other = { tenantId: OTHER_TENANT, at: AT, kind: "cancelled" } as const;
      await store.ownScans.wait(other);
      store = await opened.reopen();
      expect(await store.ownScans.pause(TENANT)).toEqual(aPause(3));
      await store.ownScans.goOn(TENANT);
      expect(await store.ownScans.pause(TENANT)).toBeUndefined();
      expect(await store.ownScans.pause(OTHER_TENANT)).toEqual(other);
    });

    it("is an error where it is damaged, and not a scan too soon", async () => {
      await store.ownScans.wait(aPause());
      await opened.meddle(`update own_scan_pauses set body = '{"kind":"failed","times":0}'`);
      await expect(store.ownScans.pause(TENANT)).rejects.toMatchObject({ code: "store-altered" });
    });
  });
}
