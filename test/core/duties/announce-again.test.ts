import { expect, it } from "vitest";
import { announceAgain } from "../../../src/core/duties/announce-again.js";
import { PlanStory } from "../apply/plan-story.js";
import { WatchStory } from "../drift/watch-story.js";
import { legacyPolicy } from "../policy/sample-policies.js";

it("shows at start what waits and what ended lately, and how the latest scan ended, with who asked for it", async () => {
  const story = new PlanStory();
  const longAgo = await story.propose();
  await story.approve(longAgo);
  story.world.advance(3_600_000);
  story.world.policy = { ...story.world.policy, state: "disabled" };
  const waiting = await story.propose();
  const lately = await story.propose();
  await story.approve(lately);
  const { ports, announced, news } = story.world;
  announced.length = 0;
  news.length = 0;
  await announceAgain(ports, story.rules);
  expect(announced.map((plan) => plan.number)).toEqual([waiting.number, lately.number]);
  expect(news).toMatchObject([
    { kind: "finished", scan: { askers: [{ person: { name: "Ada" } }] }, inventory: { kind: "changes" } },
  ]);
});

it("shows no scan where there was none", async () => {
  const { world, rules } = new PlanStory();
  await announceAgain(world.ports, rules);
  expect([...world.news, ...world.announced]).toEqual([]);
});

it("shows a drift that is open or ended lately, and none that ended long ago", async () => {
  const story = new WatchStory();
  const { world } = story;
  world.policy = legacyPolicy();
  const drift = await story.drift();
  const shown = async () => {
    world.drifts.length = 0;
    await announceAgain(world.ports, world.rules);
    return world.drifts.map(({ state }) => state.kind);
  };
  expect(await shown()).toEqual(["open"]);
  await story.accept(drift);
  expect(await shown()).toEqual(["accepted"]);
  world.advance(3_600_001);
  expect(await shown()).toEqual([]);
});
