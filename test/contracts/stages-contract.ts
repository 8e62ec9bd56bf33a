import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GroupId } from "../../src/core/person.js";
import type { RolloutStages } from "../../src/core/stores/stage-store.js";
import type { Store } from "../../src/storage/open-store.js";
import type { OpenedStore } from "./store-contract.js";
import { ADA, AT, BOB, entry, OTHER_TENANT, TENANT, unrecordable } from "./stored-things.js";

const PILOT = { id: "1a2b3c4d-1111-4111-8111-111111111111" as GroupId, name: "Pilot" };

export function someStages(changes: Partial<RolloutStages> = {}): RolloutStages {
  return {
    tenantId: TENANT,
    stages: [{ kind: "group", group: PILOT }, { kind: "everyone" }],
    by: ADA,
    at: AT,
    ...changes,
  };
}

export function describeStages(name: string, open: () => Promise<OpenedStore>): void {
  describe(`${name}: stages of a rollout`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    it("are kept as they were written last, in each tenant by itself, over a restart", async () => {
      expect(await store.stages.find(TENANT)).toBeUndefined();
      await store.stages.write(someStages(), entry({ event: "stages-written" }));
      const later = someStages({ stages: [{ kind: "everyone" }], by: BOB });
      await store.stages.write(later, entry({ event: "stages-written" }));
      store = await opened.reopen();
      expect(await store.stages.find(TENANT)).toEqual(later);
      expect(await store.stages.find(OTHER_TENANT)).toBeUndefined();
    });

    it("are written and ended with their record, or not at all", async () => {
      await expect(store.stages.write(someStages(), unrecordable())).rejects.toThrow();
      expect(await store.stages.find(TENANT)).toBeUndefined();
      await store.stages.write(someStages(), entry({ event: "stages-written" }));
      await expect(store.stages.end(TENANT, unrecordable())).rejects.toThrow();
      expect(await store.stages.find(TENANT)).toEqual(someStages());
      const ended = entry({ event: "stages-ended" });
      const both = await Promise.all([store.stages.end(TENANT, ended), store.stages.end(TENANT, ended)]);
      expect([...both].sort()).toEqual([false, true]);
      expect(await store.stages.find(TENANT)).toBeUndefined();
      const events = (await store.audit.read(TENANT)).map(({ event }) => event);
      expect(events).toEqual(["stages-written", "stages-ended"]);
    });
  });
}
