import { beforeEach, describe, expect, it } from "vitest";
import { refuse } from "../../../../src/core/errors.js";
import { droppedEntry } from "../../../../src/core/plan/recorded/asked-entry.js";
import type { DeferredChange } from "../../../../src/core/stores.js";
import { ADA, type FakeWorld, GRACE } from "../../fake-world.js";
import { legacyPolicy } from "../../policy/sample-policies.js";
import { KEY, ProposalStory } from "../proposal-story.js";

let story: ProposalStory;
let world: FakeWorld;
beforeEach(() => {
  story = new ProposalStory();
  world = story.world;
  world.policy = legacyPolicy();
  world.passkeys.set("bob", [KEY]);
});

/** Ada asks; before the scan ends, what waits is edited in the store. */
async function askedAndEdited(edit: (waiting: DeferredChange) => object): Promise<void> {
  const ended = world.scanEnd();
  await story.ask("disable");
  const { deferred } = world.store;
  deferred.waiting = deferred.waiting.map((each) => ({ ...each, ...edit(each) }));
  await ended;
}

describe("what waits for a scan", () => {
  it.each<[string, (waiting: DeferredChange) => object]>([
    ["who asked for it", () => ({ person: GRACE })],
    ["what was asked", () => ({ command: { kind: "enable", options: {} } })],
    ["how it was typed", () => ({ typed: "show policy" })],
    ["when it was asked", () => ({ askedAt: "2026-11-22T09:59:00.000Z" })],
    ["its record", ({ recordedAs = 0 }) => ({ recordedAs: recordedAs + 1 })],
    ["that it has a record", () => ({ recordedAs: undefined })],
  ])("becomes no plan when it is not what was recorded: %s", async (_, edit) => {
    await askedAndEdited(edit);
    expect(world.announced).toEqual([]);
    expect(world.refused.map(({ refusal }) => refusal)).toEqual([refuse({ code: "request-altered" })]);
    expect(world.errors).toMatchObject([{ event: "request-altered", kind: "propose" }]);
    expect(world.store.deferred.waiting).toEqual([]);
  });

  it("becomes one plan, also when it is put back into the store after that", async () => {
    const ended = world.scanEnd();
    await story.ask("disable");
    const [asked] = world.store.deferred.waiting;
    await ended;
    expect(world.announced).toMatchObject([{ requester: ADA }]);
    world.store.deferred.waiting = asked === undefined ? [] : [asked];
    await world.scan();
    expect(world.announced).toHaveLength(1);
    expect(world.refused.map(({ refusal }) => refusal)).toEqual([refuse({ code: "request-altered" })]);
  });

  it("becomes no plan when it is put back into the store after it was dropped with a restore", async () => {
    const ended = world.scanEnd();
    await story.ask("disable");
    const [asked] = world.store.deferred.waiting;
    const { tenantId } = world.rules;
    await world.ports.audit.append(droppedEntry(tenantId, asked?.recordedAs, "2026-11-22T10:00:00.000Z"));
    await ended;
    expect(world.announced).toEqual([]);
    expect(world.refused.map(({ refusal }) => refusal)).toEqual([refuse({ code: "request-altered" })]);
  });

  it("becomes no plan when it was refused and is put back into the store after that", async () => {
    const { policy } = world;
    const ended = world.scanEnd();
    await story.ask("disable");
    const [asked] = world.store.deferred.waiting;
    // By the time the scan ends there is nothing to change.
    world.policy = { ...policy, state: "disabled" };
    await ended;
    expect(world.refused.map(({ refusal }) => refusal.code)).toEqual(["nothing-to-change"]);
    expect(world.store.records.at(-1)).toMatchObject({
      event: "change-answered",
      detail: { waitedSince: asked?.recordedAs, answer: "refused", why: "nothing-to-change" },
    });
    world.policy = policy;
    world.store.deferred.waiting = asked === undefined ? [] : [asked];
    await world.scan();
    expect(world.announced).toEqual([]);
    expect(world.refused.map(({ refusal }) => refusal.code)).toEqual([
      "nothing-to-change",
      "request-altered",
    ]);
  });

  it("becomes no plan days after it was asked", async () => {
    await askedAndEdited(() => {
      world.advance(4 * 24 * 3_600_000);
      return {};
    });
    expect(world.announced).toEqual([]);
    expect(world.refused.map(({ refusal }) => refusal)).toEqual([refuse({ code: "request-altered" })]);
  });
});
