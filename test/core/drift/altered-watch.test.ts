import { beforeEach, describe, expect, it } from "vitest";
import type { Drift } from "../../../src/core/drift/drift.js";
import { WatchTrail } from "../../../src/core/drift/recorded/watch-trail.js";
import { watchPolicy } from "../../../src/core/duties/watch-policy.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import { ADA, ROOM } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { WatchStory } from "./watch-story.js";

let story: WatchStory;
let drift: Drift;
beforeEach(async () => {
  story = new WatchStory();
  story.world.policy = legacyPolicy();
  drift = await story.drift();
  story.world.store.watch.altered = { kind: "altered", driftNumber: drift.number, why: "found" };
});
const refused = { kind: "refusal", code: "watch-altered", driftNumber: 1, why: "found" };

describe("while a drift is in the store not as it was recorded", () => {
  it("it is not accepted, and nothing is recorded", async () => {
    const records = story.world.store.records.length;
    expect(await story.accept(drift)).toMatchObject(refused);
    expect(story.world.store.records).toHaveLength(records);
  });

  it("it is not put back", async () => {
    const command = { kind: "put-back", driftNumber: drift.number } as const;
    const request = { command, typed: "put back drift 1", requester: ADA, conversation: ROOM };
    expect(await proposeChange(story.world.ports, story.rules, request)).toMatchObject(refused);
  });

  it("nothing is compared, and the operator hears of it until it is put right", async () => {
    story.edit({ isAttestationEnforced: false });
    expect(await story.check()).toMatchObject({ kind: "altered" });
    const said: (readonly string[])[] = [];
    const attention = { about: (_: string, sentences: readonly string[]) => void said.push(sentences) };
    await watchPolicy({ ...story.world.ports, attention }, story.rules);
    expect(said.at(-1)).toEqual([
      expect.stringContaining("Drift 1 is in the database not as it was recorded"),
    ]);
    story.world.store.watch.altered = undefined;
    await watchPolicy({ ...story.world.ports, attention }, story.rules);
    expect(said.at(-1)).toEqual([]);
  });
});

describe("the records of a watch", () => {
  const found = { event: "drift-found", driftNumber: 1, revision: 1 } as const;
  const accepted = { event: "baseline-set", driftNumber: 1 } as const;
  it("break where a policy was accepted that was not found, which stays so for ever", () => {
    const trail = new WatchTrail();
    expect(trail.take({ ...found, sequence: 1, detail: { policy: { a: 1 } } })).toBeUndefined();
    const detail = { source: "accepted", policy: { a: 2 } };
    expect(trail.take({ ...accepted, sequence: 2, detail })).toBe("baseline-not-as-found");
  });

  it("break where something happens to a drift after its end", () => {
    const trail = new WatchTrail();
    trail.take({ ...found, sequence: 1, detail: {} });
    trail.take({ ...found, event: "drift-over", sequence: 2, detail: {} });
    expect(trail.take({ ...found, event: "drift-changed", sequence: 3, detail: {} })).toBe(
      "drift-after-the-end",
    );
  });
});
