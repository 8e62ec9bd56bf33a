import { expect, it } from "vitest";
import { announceAgain } from "../../../src/core/apply/announce-again.js";
import { PlanStory } from "./plan-story.js";

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
