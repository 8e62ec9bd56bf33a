import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replicaId } from "../../src/core/person.js";
import type { ReplicaStore } from "../../src/core/stores.js";
import { OTHER_TENANT, TENANT } from "./stored-things.js";

const ONE = replicaId("eeeeeeee-0000-4000-8000-000000000001");
const TWO = replicaId("eeeeeeee-0000-4000-8000-000000000002");

export interface OpenedReplicas {
  readonly replicas: ReplicaStore;
  close(): Promise<void>;
}

export function describeReplicaStore(name: string, open: () => Promise<OpenedReplicas>): void {
  describe(`${name}: processes`, () => {
    let opened: OpenedReplicas;
    let replicas: ReplicaStore;
    beforeEach(async () => {
      opened = await open();
      replicas = opened.replicas;
    });
    afterEach(() => opened.close());

    const give = (from: typeof ONE | undefined, to: typeof ONE | undefined) =>
      replicas.transfer(TENANT, "scan", { from, to });

    it("are nobody at first", async () => {
      expect(await replicas.beats()).toEqual(new Map());
    });

    it("are known by their beats, each counted by itself", async () => {
      for (const replica of [ONE, TWO, ONE, ONE]) await replicas.beat(replica);
      expect(await replicas.beats()).toEqual(
        new Map([
          [ONE, 3],
          [TWO, 1],
        ]),
      );
    });

    it("miss no beat when many come at once", async () => {
      await Promise.all(Array.from({ length: 20 }, () => replicas.beat(ONE)));
      expect(await replicas.beats()).toEqual(new Map([[ONE, 20]]));
    });

    it("are known by the rules they told last, or told none", async () => {
      await replicas.beat(ONE, "old rules");
      await replicas.beat(ONE, "rules");
      await replicas.beat(TWO);
      expect(await replicas.rules()).toEqual(
        new Map([
          [ONE, "rules"],
          [TWO, ""],
        ]),
      );
    });

    it("are forgotten with their duties when they leave, and the others are not", async () => {
      for (const replica of [ONE, TWO]) await replicas.beat(replica);
      await replicas.transfer(TENANT, "plans", { from: undefined, to: ONE });
      await replicas.transfer(OTHER_TENANT, "drift", { from: undefined, to: ONE });
      await replicas.transfer(TENANT, "drift", { from: undefined, to: TWO });
      await replicas.leave(ONE);
      expect(await replicas.beats()).toEqual(new Map([[TWO, 1]]));
      expect(await replicas.holder(TENANT, "plans")).toBeUndefined();
      expect(await replicas.holder(OTHER_TENANT, "drift")).toBeUndefined();
      expect(await replicas.holder(TENANT, "drift")).toBe(TWO);
    });

    it("may leave twice, and begin anew afterwards", async () => {
      await replicas.beat(ONE);
      await replicas.beat(ONE);
      await replicas.leave(ONE);
      await replicas.leave(ONE);
      await replicas.beat(ONE);
      expect(await replicas.beats()).toEqual(new Map([[ONE, 1]]));
    });

    it("take a duty that nobody has, in its tenant only", async () => {
      expect(await replicas.holder(TENANT, "scan")).toBeUndefined();
      expect(await give(undefined, ONE)).toBe(true);
      expect(await replicas.holder(TENANT, "scan")).toBe(ONE);
      expect(await replicas.holder(TENANT, "plans")).toBeUndefined();
      expect(await replicas.holder(OTHER_TENANT, "scan")).toBeUndefined();
    });

    it("do not take a duty that somebody has", async () => {
      await give(undefined, ONE);
      for (const replica of [ONE, TWO]) expect(await give(undefined, replica)).toBe(false);
      expect(await replicas.holder(TENANT, "scan")).toBe(ONE);
    });

    it("take a duty from whom they believe has it, and from nobody else", async () => {
      expect(await give(ONE, TWO)).toBe(false);
      await give(undefined, ONE);
      expect(await give(TWO, ONE)).toBe(false);
      expect(await give(ONE, TWO)).toBe(true);
      expect(await give(ONE, TWO)).toBe(false);
      expect(await replicas.holder(TENANT, "scan")).toBe(TWO);
    });

    it("give up what they have, and nothing else", async () => {
      expect(await give(ONE, undefined)).toBe(false);
      await give(undefined, ONE);
      expect(await give(TWO, undefined)).toBe(false);
      expect(await give(ONE, undefined)).toBe(true);
      expect(await replicas.holder(TENANT, "scan")).toBeUndefined();
    });

    it("learn from passing on what they have to themselves whether they still have it", async () => {
      expect(await give(ONE, ONE)).toBe(false);
      await give(undefined, ONE);
      expect(await give(ONE, ONE)).toBe(true);
    });

    it("learn from passing nothing on to nobody whether nobody has it", async () => {
      expect(await give(undefined, undefined)).toBe(true);
      expect(await give(undefined, ONE)).toBe(true);
      expect(await give(undefined, undefined)).toBe(false);
    });

    it("get a free duty one at a time, and a duty to take over too", async () => {
      const contenders = Array.from({ length: 10 }, (_, index) => replicaId(`replica ${index}`));
      const free = await Promise.all(contenders.map((replica) => give(undefined, replica)));
      expect(free.filter(Boolean)).toHaveLength(1);
      const holder = await replicas.holder(TENANT, "scan");
      expect(holder).toBe(contenders[free.indexOf(true)]);
      const over = await Promise.all(contenders.map((_, index) => give(holder, replicaId(`next ${index}`))));
      expect(over.filter(Boolean)).toHaveLength(1);
      expect(await replicas.holder(TENANT, "scan")).toBe(`next ${over.indexOf(true)}`);
    });
  });
}
