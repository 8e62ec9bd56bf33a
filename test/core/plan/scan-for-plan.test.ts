import { beforeEach, describe, expect, it } from "vitest";
import { rejectPlan } from "../../../src/core/approval/decide.js";
import { refuse } from "../../../src/core/errors.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { scanForPlan } from "../../../src/core/plan/scan-for-plan.js";
import { type FakeWorld, GRACE, ROOM } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { pressed } from "../pressed-cards.js";
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
  const now = () => new Date(world.time).toISOString();
  /** Until when there is time to decide on what is made now. */
  const inTime = () => new Date(world.time + 6_000 * 60_000).toISOString();
  const scanFor = (plan: Plan) => scanForPlan(world.ports, story.rules, pressed(plan));

  it("makes a new revision on the new scan, which can be approved", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    world.passkeys.set("new", [OTHER_KEY]);
    const ended = world.scanEnd();
    expect(await scanFor(plan)).toEqual({ kind: "scan-started" });
    await ended;
    const revised = world.announced.at(-1) as Plan;
    const { proposal } = revised;
    const at = now();
    expect(revised).toEqual({
      ...plan,
      revision: 2,
      version: 2,
      expiresAt: inTime(),
      note: { kind: "scanned-anew", at },
      proposal,
    });
    expect(proposal.impact.coverage.keyholders).toBe(2);
    expect(await story.approve(plan)).toEqual(refuse({ code: "stale-revision", planNumber: 1, revision: 2 }));
    expect(await story.approve(revised)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(world.policy.keyRestrictions).toMatchObject({ aaGuids: expect.arrayContaining([OTHER_KEY]) });
  });

  it("is kept until the scan has ended, with who pressed where, also over a restart", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await scanFor(plan);
    const [running] = world.news.slice(-1);
    expect(world.store.deferred.waiting).toEqual([
      {
        id: "plan-tenant-1",
        kind: "revise",
        tenantId: "tenant",
        person: GRACE,
        conversation: ROOM,
        askedAt: now(),
        planNumber: 1,
        recordedAs: expect.any(Number),
      },
    ]);
    expect(running?.scan.askers).toEqual([{ person: GRACE, conversation: ROOM, shows: "when-slow" }]);
    await ended;
    expect(world.store.deferred.waiting).toEqual([]);
  });

  it("is refused on a card whose plan can be approved by now", async () => {
    const plan = await story.planned();
    expect(await scanFor(plan)).toEqual(refuse({ code: "stale-revision", planNumber: 1, revision: 1 }));
    expect(world.store.deferred.waiting).toEqual([]);
  });

  it("says so when the plan ran out meanwhile", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await scanFor(plan);
    world.advance(100 * 3_600_000);
    await ended;
    const at = plan.expiresAt;
    expect(world.refused.map(({ refusal }) => refusal)).toEqual([
      refuse({ code: "plan-expired", planNumber: 1, at }),
    ]);
  });

  it("is one scan and one new revision when several press the button", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await Promise.all([scanFor(plan), scanFor(plan)]);
    await ended;
    expect(world.announced.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it("is refused for a plan that is decided, and leaves one alone that is decided meanwhile", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    const ended = world.scanEnd();
    await scanFor(plan);
    const rejectedAt = now();
    await rejectPlan(world.ports, story.rules, { ...story.clickOn(plan), person: GRACE }, "no");
    await ended;
    const state = { kind: "rejected", by: GRACE, at: rejectedAt, reason: "no" } as const;
    expect(world.announced.at(-1)).toEqual({ ...plan, version: 2, state });
    expect(await scanFor(plan)).toEqual(
      refuse({ code: "already-decided", planNumber: 1, state: "rejected", by: GRACE }),
    );
    expect(world.store.deferred.waiting).toEqual([]);
  });

  it("ends a plan that the new scan leaves nothing to do for", async () => {
    const plan = await story.planned();
    world.advance(25 * 3_600_000);
    world.policy = { ...plan.proposal.after };
    const ended = world.scanEnd();
    await scanFor(plan);
    await ended;
    const state = { kind: "superseded", at: now(), why: "already-in-force" } as const;
    expect(world.announced.at(-1)).toEqual({ ...plan, version: 2, state });
  });
});
