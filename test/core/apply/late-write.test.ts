import { beforeEach, describe, expect, it } from "vitest";
import { Fault, type FaultCode, refuse } from "../../../src/core/errors.js";
import type { Ports } from "../../../src/core/ports.js";
import { ADA, JOAN } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

const notWritten = (fault: FaultCode, about: object = {}) =>
  refuse({ code: "not-written", planNumber: 1, fault, ...about });

/** To store an intent takes so long, in milliseconds; so much less when it is negative. */
function storingTakes(milliseconds: () => number): void {
  const { plans } = story.world.ports;
  const replace: Ports["plans"]["replace"] = async (...change) => {
    const stored = await plans.replace(...change);
    if (change[0].state.kind === "applying") story.world.advance(milliseconds());
    return stored;
  };
  Object.assign(story.world.ports, { plans: { ...plans, replace } });
}

describe("a write that would come late", () => {
  it.each(["the machine slept", "the clock was set back"])("is not sent: %s", async (what) => {
    const plan = await story.propose();
    storingTakes(() => (what === "the machine slept" ? 9_000 : -9_000));
    expect(await story.approve(plan)).toEqual(notWritten("too-late"));
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(
      story.openAsBefore(plan, ["too-late", "It took too long to get ready to send the change."]),
    );
    expect(story.world.noted).toContainEqual({
      event: "write-too-late",
      plan: 1,
      clientRequestId: "id-2",
    });
  });

  it("is sent 7,999 ms after the intent, and not after 8,000 ms", async () => {
    const plan = await story.propose();
    let takes = 8_000;
    storingTakes(() => takes);
    expect(await story.approve(plan)).toEqual(notWritten("too-late"));
    expect(story.world.patches).toHaveLength(0);
    takes = 7_999;
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.world.patches).toHaveLength(1);
  });

  it("counts the time it takes to store the intent, and not the time it takes to sign in", async () => {
    const plan = await story.propose();
    const { actAs } = story.world.ports;
    const slowSignIn: Ports["actAs"] = {
      onBehalfOf: async (assertion) => {
        story.world.advance(8_000);
        return actAs.onBehalfOf(assertion);
      },
    };
    let storing = 8_000;
    storingTakes(() => storing);
    Object.assign(story.world.ports, { actAs: slowSignIn });
    expect(await story.approve(plan)).toEqual(notWritten("too-late"));
    expect(story.world.patches).toHaveLength(0);
    storing = 0;
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.world.patches).toHaveLength(1);
  });

  it("is not sent either when nobody can tell whether one of another plan may arrive", async () => {
    const plan = await story.propose();
    const { ports, store } = story.world;
    let looks = 0;
    const open: Ports["plans"]["open"] = async (tenant) => {
      looks += 1;
      if (looks === 2) throw new Fault("store-unavailable", "locked");
      return store.plans.open(tenant);
    };
    Object.assign(ports, { plans: { ...ports.plans, open } });
    expect(await story.approve(plan)).toEqual(notWritten("store-unavailable"));
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(story.openAsBefore(plan, ["store-unavailable", "locked"]));
  });

  it("is not sent either while one of another plan may arrive that became unknown right before", async () => {
    const other = await story.propose();
    const plan = await story.propose(ADA, ["ios"]);
    const { ports, store } = story.world;
    const at = ports.clock.now().toISOString();
    const lostSight = { replica: ports.replicas.self, elapsed: ports.clock.elapsed() };
    const lost = { kind: "unknown", by: JOAN, at, lostSight, clientRequestId: "c", seen: "nothing" } as const;
    const open = async () => {
      const before = await store.plans.open(plan.tenantId);
      store.plansByNumber.set(other.number, { ...other, state: lost });
      return before;
    };
    Object.assign(ports, { plans: { ...ports.plans, open } });
    expect(await story.approve(plan)).toEqual({ ...notWritten("graph-conflict"), planNumber: 2 });
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(
      story.openAsBefore(plan, ["graph-conflict", "The write of another plan may still arrive."]),
    );
  });
});
