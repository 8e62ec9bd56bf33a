import { describe, expect, it } from "vitest";
import { watchRecord } from "../../../src/core/duties/watch-record.js";
import { FakeWorld } from "../fake-world.js";

const HASH = "ab".repeat(32);

describe("the record that this process has seen", () => {
  it("is to be seen to while its end is gone, with the end to verify by, and is logged once", async () => {
    const world = new FakeWorld();
    const watch = watchRecord(world.ports, world.rules);
    await watch();
    expect(world.attention.sentences).toEqual([]);
    world.store.goneEnd = { sequence: 12, hash: HASH };
    await watch();
    await watch();
    expect(world.attention.sentences.join()).toContain(`npm run audit -- verify --head 12:${HASH}`);
    expect(world.errors).toEqual([
      { event: "record-put-back", tenant: world.rules.tenantId, sequence: 12, hash: HASH },
    ]);
    world.store.goneEnd = undefined;
    await watch();
    expect(world.attention.sentences).toEqual([]);
  });
});
