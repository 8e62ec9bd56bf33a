import { expect, it } from "vitest";
import { announceAgain } from "../../../src/core/duties/announce-again.js";
import { PlanStory } from "../apply/plan-story.js";
import { WatchStory } from "../drift/watch-story.js";
import { GRACE, JOAN } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";

it("shows at start the plans that are open, and how the latest scan ended, with who asked for it", async () => {
  const story = new PlanStory();
  const ended = await story.propose();
  await story.approve(ended);
  story.world.policy = { ...story.world.policy, state: "disabled" };
  const waiting = await story.propose();
  const { ports, announced, news } = story.world;
  announced.length = 0;
  news.length = 0;
  await announceAgain(ports, story.rules);
  expect(announced.map((plan) => plan.number)).toEqual([waiting.number]);
  expect(news).toMatchObject([
    { kind: "finished", scan: { askers: [{ person: { name: "Ada" } }] }, inventory: { kind: "changes" } },
  ]);
});

it("brings every other card up to date, and forgets those that were done with 30 days ago", async () => {
  const { world, rules } = new PlanStory();
  await announceAgain(world.ports, rules);
  expect(world.caughtUp).toEqual([new Date(world.time - 30 * 86_400_000).toISOString()]);
});

it("does not show a scan again that ended so long ago that its card is forgotten", async () => {
  const story = new PlanStory();
  await story.propose();
  story.world.news.length = 0;
  story.world.advance(30 * 86_400_000 + 1);
  await announceAgain(story.world.ports, story.rules);
  expect(story.world.news).toEqual([]);
});

it("shows no scan where there was none", async () => {
  const { world, rules } = new PlanStory();
  await announceAgain(world.ports, rules);
  expect([...world.news, ...world.announced]).toEqual([]);
});

it("shows a drift that is open, and none that is over", async () => {
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
  for (const person of [JOAN, GRACE]) await story.accept(drift, "because", { person });
  expect(await shown()).toEqual([]);
});
