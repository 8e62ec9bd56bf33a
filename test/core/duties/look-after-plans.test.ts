import { beforeEach, expect, it } from "vitest";
import { lookAfterPlans } from "../../../src/core/duties/look-after-plans.js";
import type { Ports } from "../../../src/core/ports.js";
import { PlanStory } from "../apply/plan-story.js";

let story: PlanStory;
let isOurs: boolean;
let goneCount: number;
let look: () => Promise<void>;
beforeEach(async () => {
  story = new PlanStory();
  isOurs = true;
  goneCount = 0;
  await story.propose();
  const { ports } = story.world;
  const replicas: Ports["replicas"] = { ...ports.replicas, claim: async () => isOurs };
  look = lookAfterPlans({ ...ports, replicas }, story.rules, () => goneCount);
  story.world.announced.length = 0;
});

/** How often the plan that waits was announced since this was asked last. */
function announced(): number {
  return story.world.announced.splice(0).length;
}

it("what waits is shown by whoever gets to look after the plans, once", async () => {
  await look();
  expect(announced()).toBe(1);
  await look();
  expect(announced()).toBe(0);
});

it("nothing is shown by others; and once more when the duty comes back", async () => {
  await look();
  isOurs = false;
  await look();
  expect(announced()).toBe(1);
  await look();
  expect(announced()).toBe(0);
  isOurs = true;
  await look();
  expect(announced()).toBe(1);
});

it("what Teams did not take is shown again after an hour, and not before", async () => {
  await look();
  announced();
  story.world.advance(3_599_999);
  await look();
  expect(announced()).toBe(0);
  story.world.advance(1);
  await look();
  expect(story.world.caughtUp).toHaveLength(2);
});

it("what another process did not get to show is shown when that one is gone", async () => {
  await look();
  announced();
  goneCount += 1;
  await look();
  expect(announced()).toBe(1);
  await look();
  expect(announced()).toBe(0);
});

it("how the tenant stands is told by whoever looks after the plans, and by nobody else", async () => {
  const { metrics, store } = story.world;
  await look();
  const openPlans = { waiting: 1, applying: 0, unknown: 0 };
  expect(metrics.figures).toEqual({ openPlans, hasOpenDrift: false, records: store.records.length });
  isOurs = false;
  await look();
  expect(metrics.figures).toBeUndefined();
});
