import { beforeEach, describe, expect, it } from "vitest";
import { Fault, refuse } from "../../../src/core/errors.js";
import type { Ports } from "../../../src/core/ports.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

it("writes nothing to the tenant when the intent cannot be recorded", async () => {
  const plan = await story.propose();
  story.world.store.auditBroken = true;
  await expect(story.approve(plan)).rejects.toThrow("the disk is full");
  expect(story.world.patches).toHaveLength(0);
  expect(story.stored(plan)).toEqual(plan);
  expect(story.world.ports.inHand.size).toBe(0);
});

describe("a store that fails although it has stored", () => {
  /** @param which of the changes of the plan: 1 is the intent, 2 the outcome */
  function failAfter(which: number): void {
    const { ports } = story.world;
    let changes = 0;
    const replace: typeof ports.plans.replace = async (...change) => {
      const stored = await story.world.store.plans.replace(...change);
      changes += 1;
      if (changes === which) throw new Fault("store-unavailable", "the connection was lost");
      return stored;
    };
    Object.assign(ports, { plans: { ...ports.plans, replace } });
  }

  it("the intent: nothing is sent, and the plan opens again by itself", async () => {
    const plan = await story.propose();
    failAfter(1);
    await expect(story.approve(plan)).rejects.toThrow("the connection was lost");
    expect(story.world.ports.inHand.size).toBe(0);
    // Not by anybody who settles plans: they leave alone what a process applies that lives.
    await new Promise((resolve) => setImmediate(resolve));
    expect(story.stored(plan)).toMatchObject({ state: { kind: "unknown", seen: "before" } });
    story.world.advance(31_000);
    await story.settle();
    expect(story.stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
    expect(story.world.patches).toHaveLength(0);
  });

  it("the outcome: it is shown all the same", async () => {
    const plan = await story.propose();
    failAfter(2);
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.world.announced.at(-1)).toEqual(story.stored(plan));
    expect(story.world.patches).toHaveLength(1);
  });
});

describe("an outcome that cannot be stored", () => {
  /** Storing the outcome fails like this, and finding the plan right afterwards comes to that. */
  function failWith(error: Error, find: Ports["plans"]["find"]): void {
    const { ports, store } = story.world;
    const replace: Ports["plans"]["replace"] = async (...change) => {
      if (change[0].state.kind === "applying") return store.plans.replace(...change);
      Object.assign(ports.plans, { replace: store.plans.replace, find: once });
      throw error;
    };
    const once: typeof find = (...which) => {
      ports.plans.find = store.plans.find;
      return find(...which);
    };
    Object.assign(ports, { plans: { ...ports.plans, replace } });
  }
  const lost = new Fault("store-unavailable", "the connection was lost");

  it.each<[string, Ports["plans"]["find"]]>([
    ["cannot be read either", () => Promise.reject(lost)],
    ["is not there any more", async () => undefined],
    ["is as it was", async () => story.world.store.plansByNumber.get(1)],
  ])("is said to be that, and logged with both ids, when the plan %s", async (_, find) => {
    const plan = await story.propose();
    failWith(lost, find);
    expect(await story.approve(plan)).toEqual(refuse({ code: "outcome-not-recorded", planNumber: 1 }));
    expect(story.world.patches).toHaveLength(1);
    expect(story.world.errors).toEqual([
      {
        event: "outcome-not-recorded",
        plan: 1,
        clientRequestId: "id-2",
        kind: "accepted",
        requestId: "graph-1",
        error: lost,
      },
    ]);
  });

  it.each([new TypeError("a mistake"), new Fault("policy-unreadable", "no state")])(
    "is not taken for a store that is down when something else is wrong: %s",
    async (error) => {
      const plan = await story.propose();
      failWith(error, story.world.store.plans.find);
      await expect(story.approve(plan)).rejects.toThrow(error);
    },
  );
});
