import { beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { FakeWorld } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { KEY, OTHER_KEY, ProposalStory } from "./proposal-story.js";

let story: ProposalStory;
let world: FakeWorld;
beforeEach(() => {
  story = new ProposalStory();
  world = story.world;
});

describe("a plan that narrows", () => {
  beforeEach(() => {
    world.policy = legacyPolicy();
    world.passkeys.set("bob", [KEY]);
  });

  it("cannot be approved on an incomplete scan, and says who was not read", async () => {
    world.passkeys.set("eve", "throttled");
    const plan = await story.planned();
    expect(plan.proposal.impact).toMatchObject({
      narrows: true,
      coverage: { complete: false, asked: 2, unread: [{ name: "eve", why: "Graph said 429, 12 times" }] },
    });
    expect(await story.approve(plan)).toMatchObject({ code: "scan-needed", why: "incomplete" });
    expect(world.patches).toHaveLength(0);
  });

  it("cannot be approved on an old scan", async () => {
    story.rules = { ...story.rules, planTtlMinutes: 6_000 };
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    expect(await story.approve(plan)).toMatchObject({ code: "scan-needed", why: "too-old" });
  });

  it("is made anew instead of applied when there is a newer scan by then", async () => {
    const plan = await story.planned();
    world.passkeys.set("new", [OTHER_KEY]);
    await world.scan();
    const result = await story.approve(plan);
    expect(result).toMatchObject({
      plan: { state: { kind: "waiting" }, revision: 2, approvals: [], note: { kind: "scanned-anew" } },
    });
    expect(world.patches).toHaveLength(0);
    const revised = world.announced.at(-1) as Plan;
    expect(await story.approve(revised)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(JSON.stringify(world.policy)).toContain(OTHER_KEY);
  });

  it("cannot be approved on a scan of the future", async () => {
    world.advance(3_600_000);
    const plan = await story.planned();
    world.advance(-3_600_000);
    expect(await story.approve(plan)).toMatchObject({ code: "scan-needed", why: "too-old" });
  });

  it("keeps every model in use, so that nobody loses sign-in", async () => {
    world.passkeys.set("gone", "gone");
    const plan = await story.planned();
    expect(plan.proposal.impact).toMatchObject({
      losing: [],
      coverage: { complete: true, gone: 1, keyholders: 1 },
    });
    expect(plan.proposal.usage).toEqual([{ aaguid: KEY, people: 1 }]);
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(world.policy.keyRestrictions).toMatchObject({
      enforcementType: "allow",
      aaGuids: expect.arrayContaining([KEY]),
    });
  });

  it("asks every enabled account when the tenant has no licence for the report", async () => {
    world.premium = false;
    expect(await story.propose()).toMatchObject({
      proposal: { impact: { coverage: { path: "all-users", keyholders: 1 } } },
    });
  });
});
