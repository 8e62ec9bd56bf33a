import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { EvidenceLink } from "../../src/core/stores.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, entry, TENANT, unrecordable } from "./stored-things.js";

const LINK: EvidenceLink = {
  tenantId: TENANT,
  planNumber: 12,
  person: ADA,
  givenAt: AT,
  validUntil: "2026-11-22T10:52:00.000Z",
};
const given = () => entry({ event: "evidence-given", planNumber: 12 });

export function describeEvidenceLinks(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: links to evidence`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it("open with the secret, as often as asked, until their time is up", async () => {
      const secret = await store.evidenceLinks.add(LINK, given());
      expect(await store.evidenceLinks.find(secret, AT)).toEqual(LINK);
      expect(await store.evidenceLinks.find(secret, "2026-11-22T10:51:59.999Z")).toEqual(LINK);
      expect(await store.evidenceLinks.find(secret, LINK.validUntil)).toBeUndefined();
    });

    it("open with nothing else", async () => {
      const secret = await store.evidenceLinks.add(LINK, given());
      for (const wrong of ["", `${secret} `, secret.slice(1), secret.toLowerCase(), "%", "\u0000"]) {
        expect(await store.evidenceLinks.find(wrong, AT)).toBeUndefined();
      }
    });

    it("have each a secret of their own, of 256 bits", async () => {
      const secrets = [
        await store.evidenceLinks.add(LINK, given()),
        await store.evidenceLinks.add(LINK, given()),
      ];
      expect(new Set(secrets).size).toBe(2);
      for (const secret of secrets) expect(Buffer.from(secret, "base64url")).toHaveLength(32);
    });

    it("are recorded, and without the record there is none", async () => {
      await store.evidenceLinks.add(LINK, given());
      expect(await store.audit.read(TENANT)).toMatchObject([{ event: "evidence-given", planNumber: 12 }]);
      await expect(store.evidenceLinks.add(LINK, unrecordable())).rejects.toThrow();
      expect(await store.audit.read(TENANT)).toHaveLength(1);
    });

    it("outlive a restart", async () => {
      const secret = await store.evidenceLinks.add(LINK, given());
      store = await opened.reopen();
      expect(await store.evidenceLinks.find(secret, AT)).toEqual(LINK);
    });
  });
}
