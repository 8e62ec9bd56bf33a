import { beforeEach, describe, expect, it } from "vitest";
import { rejectPlan } from "../../../src/core/approval/decide.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { scanForPlan } from "../../../src/core/plan/scan-for-plan.js";
import { type FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { KEY, OTHER_KEY, ProposalStory } from "./proposal-story.js";

let story: ProposalStory;
let world: FakeWorld;
beforeEach(() => {
  story = new ProposalStory();
  world = story.world;
});

describe("scanning for a plan", () => {
  beforeEach(() => {
    world.policy = legacyPolicy();
    world.passkeys.set("bob", [KEY]);
    story.rules = { ...story.rules, planTtlMinutes: 6_000 };
  });
  const scanFor = (plan: Plan) =>
    scanForPlan(world.ports, story.rules, { planNumber: plan.number, person: GRACE, conversation: ROOM });

  it("makes a new revision on the new scan, which can be approved", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    world.passkeys.set("new", [OTHER_KEY]);
    const ended = world.scanEnd();
    expect(await scanFor(plan)).toEqual({ kind: "scan-started" });
    await ended;
    const revised = world.announced.at(-1) as Plan;
    expect(revised).toMatchObject({
      number: 1,
      revision: 2,
      approvals: [],
      note: { kind: "scanned-anew" },
      proposal: { impact: { coverage: { keyholders: 2 } } },
    });
    expect(await story.approve(plan)).toMatchObject({ code: "stale-revision" });
    expect(await story.approve(revised)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(world.policy.keyRestrictions).toMatchObject({ aaGuids: expect.arrayContaining([OTHER_KEY]) });
  });

  it("is refused on a card whose plan can be approved by now", async () => {
    const plan = await story.planned();
    expect(await scanFor(plan)).toMatchObject({ code: "stale-revision" });
  });

  it("says so when the plan ran out meanwhile", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await scanFor(plan);
    world.advance(100 * 3_600_000);
    await ended;
    expect(world.refused).toMatchObject([{ refusal: { code: "plan-expired", planNumber: 1 } }]);
  });

  it("is one scan and one new revision when several press the button", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await Promise.all([scanFor(plan), scanFor(plan)]);
    await ended;
    expect(world.announced.at(-1)).toMatchObject({ revision: 2 });
  });

  it("is refused for a plan that is decided, and leaves one alone that is decided meanwhile", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await scanFor(plan);
    await rejectPlan(world.ports, story.rules, { ...story.clickOn(plan), person: GRACE }, "no");
    await ended;
    expect(world.announced.at(-1)).toMatchObject({ revision: 1, state: { kind: "rejected" } });
    expect(await scanFor(plan)).toMatchObject({ code: "already-decided" });
    expect(world.store.waiting.waiting).toEqual([]);
  });

  it("ends a plan that the new scan leaves nothing to do for", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    world.policy = { ...plan.proposal.after };
    const ended = world.scanEnd();
    await scanFor(plan);
    await ended;
    expect(world.announced.at(-1)).toMatchObject({ state: { kind: "superseded", why: "already-in-force" } });
  });
});
