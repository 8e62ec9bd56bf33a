import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { groupId, tenantId } from "../../src/core/person.js";
import type { AdoptionSample, PeopleLink } from "../../src/core/stores/adoption-store.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, entry, TENANT, unrecordable } from "./stored-things.js";

const LONG_AGO = "2000-01-01";
const FIGURES = { people: 24, withPasskey: 9, deviceBound: 8, synced: 2, both: 1, unsaid: 0 };

export function sample(day: string, changes: Partial<AdoptionSample> = {}): AdoptionSample {
  return {
    tenantId: TENANT,
    day,
    scanId: "scan-1",
    scannedAt: AT,
    of: "groups",
    whole: { ...FIGURES, admins: { people: 3, withPasskey: 2 } },
    byGroup: { "1a2b3c4d-0000-4000-8000-000000000001": FIGURES },
    ...changes,
  };
}

export const PEOPLE_LINK: PeopleLink = {
  tenantId: TENANT,
  person: ADA,
  scanId: "scan-1",
  group: { id: groupId("1a2b3c4d-0000-4000-8000-000000000001"), name: "Pilot" },
  givenAt: AT,
  validUntil: "2026-11-22T10:52:00.000Z",
};
const given = () => entry({ event: "people-list-given" });

export function describeAdoption(name: string, open: () => Promise<OpenedStore>): void {
  let opened: OpenedStore;
  let store: Store;
  const begin = async () => {
    opened = await open();
    store = opened.store;
  };

  describe(`${name}: samples of adoption`, () => {
    beforeEach(begin);
    afterEach(() => opened.close());

    it("are told from a day on, in order, as they were kept, also after a restart", async () => {
      for (const day of ["2026-11-22", "2026-11-20", "2026-11-21"])
        expect(await store.adoption.add(sample(day), LONG_AGO)).toBe(true);
      store = await opened.reopen();
      expect(await store.adoption.since(TENANT, "2026-11-21")).toEqual([
        sample("2026-11-21"),
        sample("2026-11-22"),
      ]);
    });

    it("are one a day: of several at once one is kept, and stays as it is", async () => {
      const takers = ["scan-1", "scan-2", "scan-3"].map((scanId) =>
        store.adoption.add(sample("2026-11-22", { scanId }), LONG_AGO),
      );
      expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
      const [kept] = await store.adoption.since(TENANT, LONG_AGO);
      expect(await store.adoption.add(sample("2026-11-22", { scanId: "scan-4" }), LONG_AGO)).toBe(false);
      expect(await store.adoption.since(TENANT, LONG_AGO)).toEqual([kept]);
    });

    it("are of one tenant, and forgotten there alone", async () => {
      const other = tenantId("11111111-2222-4333-8444-555555555555");
      await store.adoption.add(sample("2025-01-01"), LONG_AGO);
      await store.adoption.add(sample("2025-01-01", { tenantId: other }), LONG_AGO);
      await store.adoption.add(sample("2026-11-22"), "2025-06-01");
      expect((await store.adoption.since(TENANT, LONG_AGO)).map(({ day }) => day)).toEqual(["2026-11-22"]);
      expect((await store.adoption.since(other, LONG_AGO)).map(({ day }) => day)).toEqual(["2025-01-01"]);
    });
  });

  describe(`${name}: links to lists of people`, () => {
    beforeEach(begin);
    afterEach(() => opened.close());

    it("open with their secret until their time is up, also after a restart, and with nothing else", async () => {
      const secret = await store.peopleLinks.add(PEOPLE_LINK, given());
      expect(Buffer.from(secret, "base64url")).toHaveLength(32);
      store = await opened.reopen();
      expect(await store.peopleLinks.find(secret, "2026-11-22T10:51:59.999Z")).toEqual(PEOPLE_LINK);
      expect(await store.peopleLinks.find(secret, PEOPLE_LINK.validUntil)).toBeUndefined();
      for (const wrong of ["", `${secret} `, secret.slice(1), "%", "\u0000"])
        expect(await store.peopleLinks.find(wrong, AT)).toBeUndefined();
    });

    it("open nothing where they are links to something else", async () => {
      const evidence = await store.evidenceLinks.add(
        { ...PEOPLE_LINK, planNumber: 12 },
        entry({ event: "evidence-given", planNumber: 12 }),
      );
      expect(await store.peopleLinks.find(evidence, AT)).toBeUndefined();
      const secret = await store.peopleLinks.add(PEOPLE_LINK, given());
      expect(await store.evidenceLinks.find(secret, AT)).toBeUndefined();
    });

    it("are recorded, and without the record there is none", async () => {
      await store.peopleLinks.add(PEOPLE_LINK, given());
      await expect(store.peopleLinks.add(PEOPLE_LINK, unrecordable())).rejects.toThrow();
      expect(await store.audit.read(TENANT)).toMatchObject([{ event: "people-list-given" }]);
    });
  });
}
