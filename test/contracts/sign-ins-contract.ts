import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { conversationId } from "../../src/core/person.js";
import type { SignInOffer } from "../../src/core/stores/sign-in-store.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, TENANT } from "./stored-things.js";

export const OFFER: SignInOffer = {
  tenantId: TENANT,
  planNumber: 12,
  revision: 2,
  digest: "0123456789abcdef",
  person: ADA,
  conversation: conversationId("room"),
  offeredAt: AT,
  validUntil: "2026-11-22T10:52:00.000Z",
  claims: '{"access_token":{}}',
};
const LATER = "2026-11-22T10:51:59.999Z";

export function describeSignIns(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: offers to sign in`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it("are found by their link, as they were offered, until their time is up", async () => {
      const link = await store.signIns.offer(OFFER);
      store = await opened.reopen();
      expect(await store.signIns.find(link, AT)).toEqual(OFFER);
      expect(await store.signIns.find(link, LATER)).toEqual(OFFER);
      expect(await store.signIns.find(link, OFFER.validUntil)).toBeUndefined();
      expect(await store.signIns.setOut(link, OFFER.validUntil)).toBeUndefined();
    });

    it("have each a secret of their own, of 256 bits, and open with nothing else", async () => {
      const links = [await store.signIns.offer(OFFER), await store.signIns.offer(OFFER)];
      expect(new Set(links).size).toBe(2);
      for (const link of links) expect(Buffer.from(link, "base64url")).toHaveLength(32);
      for (const wrong of ["", "%", links[0]?.slice(1) ?? ""]) {
        expect(await store.signIns.find(wrong, AT)).toBeUndefined();
        expect(await store.signIns.setOut(wrong, AT)).toBeUndefined();
        expect(await store.signIns.comeBack(wrong, "", AT)).toBeUndefined();
      }
    });

    it("are used up by the browser that set out, once", async () => {
      const link = await store.signIns.offer(OFFER);
      const browser = (await store.signIns.setOut(link, AT)) ?? "";
      expect(await store.signIns.comeBack(link, "another", AT)).toBeUndefined();
      const back = Array.from({ length: 5 }, () => store.signIns.comeBack(link, browser, AT));
      const found = (await Promise.all(back)).filter((offer) => offer !== undefined);
      expect(found).toEqual([OFFER]);
      expect(await store.signIns.find(link, AT)).toBeUndefined();
    });

    it("let no browser come back that did not set out, or before another one did", async () => {
      const link = await store.signIns.offer(OFFER);
      expect(await store.signIns.comeBack(link, "", AT)).toBeUndefined();
      const first = (await store.signIns.setOut(link, AT)) ?? "";
      const second = (await store.signIns.setOut(link, AT)) ?? "";
      expect(await store.signIns.comeBack(link, first, AT)).toBeUndefined();
      expect(await store.signIns.comeBack(link, second, OFFER.validUntil)).toBeUndefined();
    });
  });
}
