import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import { resumeScans } from "../../../src/core/plan/answer-deferred.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { ADA, type FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { KEY, OTHER_KEY, ProposalStory } from "./proposal-story.js";

let story: ProposalStory;
let world: FakeWorld;
beforeEach(() => {
  story = new ProposalStory();
  world = story.world;
});

describe("the scan a plan rests on", () => {
  beforeEach(() => {
    world.policy = legacyPolicy();
    world.passkeys.set("bob", [KEY]);
  });

  it("comes first when there is none, and the plan follows when it ends", async () => {
    const ended = world.scanEnd();
    expect(await story.ask()).toMatchObject({ kind: "scan-started", joined: false });
    expect(world.announced).toEqual([]);
    await ended;
    expect(world.announced).toMatchObject([
      { number: 1, command: "typed", requester: ADA, conversation: ROOM },
    ]);
    expect(world.store.deferred.waiting).toEqual([]);
  });

  it("is the last complete one, which is not made again", async () => {
    await world.scan();
    world.asked.length = 0;
    expect(await story.ask()).toMatchObject({ number: 1 });
    expect(world.asked).toEqual([]);
  });

  it("comes first again when the last one was incomplete", async () => {
    world.passkeys.set("eve", "throttled");
    await story.propose();
    world.passkeys.set("eve", [KEY]);
    expect(await story.propose()).toMatchObject({
      proposal: { impact: { coverage: { complete: true, keyholders: 2 } } },
    });
  });

  it("is never an older complete one when the latest was incomplete and may know more", async () => {
    await world.scan();
    world.passkeys.set("eve", "throttled").set("new", [OTHER_KEY]);
    await world.scan();
    world.passkeys.set("eve", [KEY]);
    const plan = await story.propose();
    expect(plan).toMatchObject({ proposal: { impact: { coverage: { complete: true, keyholders: 3 } } } });
    expect(JSON.stringify((plan as Plan).proposal.after)).toContain(OTHER_KEY);
  });

  it("is one for all who ask meanwhile, and each gets a plan", async () => {
    const ended = world.scanEnd();
    await story.ask();
    expect(await story.ask("disable")).toMatchObject({ kind: "scan-started", joined: true });
    await ended;
    expect(world.announced.map((plan) => plan.intent.kind).sort()).toEqual(["disable", "enable"]);
    expect(world.asked).toEqual(["bob"]);
  });

  it("refuses at once what no scan could make possible", async () => {
    expect(await story.forGroup("Nobody")).toMatchObject({ code: "unknown-group" });
    expect(world.asked).toEqual([]);
  });

  it("tells whoever waits when it fails, and why", async () => {
    world.onList = (which) => {
      if (which === "report") throw new Fault("graph-denied", "Graph said no", { status: 403 });
    };
    await expect(story.propose()).rejects.toMatchObject({ code: "graph-denied" });
    expect(world.store.deferred.waiting).toEqual([]);
  });

  it("tells whoever waits when somebody cancels it", async () => {
    const ended = world.scanEnd();
    const started = await story.ask();
    if (!("kind" in started) || started.kind !== "scan-started") throw new Error("no scan was started");
    await world.ports.scanner.cancel(started.scan.scanId, GRACE);
    await ended;
    expect(world.refused).toMatchObject([{ refusal: { code: "scan-cancelled", by: GRACE } }]);
    expect(world.announced).toEqual([]);
  });

  it("is made anew after a crash between its end and the plan, and there is one plan", async () => {
    await world.scan();
    const [first] = await leftWaiting();
    const ended = world.scanEnd();
    await resumeScans(world.ports, story.rules);
    await ended;
    expect(world.announced).toHaveLength(1);
    // The crash came after the plan was stored: it is not made twice.
    const again = await world.store.plans.propose({} as never, [] as never, { deferredId: first?.id ?? "" });
    expect(again).toEqual({ kind: "answered" });
    await resumeScans(world.ports, story.rules);
    expect(world.announced).toHaveLength(1);
  });

  async function leftWaiting() {
    await world.ports.deferred.add({
      id: "left",
      kind: "propose",
      tenantId: story.rules.tenantId,
      person: ADA,
      conversation: ROOM,
      askedAt: "2026-11-22T09:59:00.000Z",
      command: { kind: "disable" },
      typed: "disable passkeys",
    });
    return world.ports.deferred.all(story.rules.tenantId);
  }
});
