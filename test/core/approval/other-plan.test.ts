import { beforeEach, describe, expect, it } from "vitest";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import { refuse } from "../../../src/core/errors.js";
import type { Click } from "../../../src/core/plan/open-plan.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { planDigest } from "../../../src/core/plan/plan-digest.js";
import { scanForPlan } from "../../../src/core/plan/scan-for-plan.js";
import { viewPlan } from "../../../src/core/report/report.js";
import { PlanStory } from "../apply/plan-story.js";
import { ASSERTION, GRACE } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { pressed } from "../pressed-cards.js";

/** Everything a button of a plan's card can ask for. */
const BUTTONS: readonly (readonly [string, (story: PlanStory, click: Click) => Promise<unknown>])[] = [
  ["Approve", ({ world, rules }, click) => approvePlan(world.ports, rules, click, ASSERTION)],
  [
    "Approve, without a sign-in",
    ({ world, rules }, click) => approvePlan(world.ports, rules, click, undefined),
  ],
  ["Reject", ({ world, rules }, click) => rejectPlan(world.ports, rules, click, "no")],
  ["Cancel", ({ world, rules }, click) => cancelPlan(world.ports, rules, click)],
  ["Scan now", ({ world, rules }, click) => scanForPlan(world.ports, rules, click)],
  ["Show all", ({ world, rules }, click) => viewPlan(world.ports, rules, click.planNumber, click)],
];

let story: PlanStory;
let plan: Plan;
beforeEach(async () => {
  story = new PlanStory();
  plan = await story.propose();
});

/** The same number in another life of the store: asked for by the same person, at the same time, for something else. */
async function elsewhere(change: (story: PlanStory) => void): Promise<Plan> {
  const other = new PlanStory();
  change(other);
  return other.propose();
}

describe.each(BUTTONS)("%s", (_, press) => {
  const OTHER = refuse({ code: "other-plan", planNumber: 1 });

  it.each([
    [
      "of a card that shows another policy before",
      (other: PlanStory) => {
        other.world.policy = legacyPolicy({ state: "disabled", isAttestationEnforced: false });
      },
    ],
    [
      "of a card that asks for fewer approvals",
      (other: PlanStory) => {
        other.rules = { ...other.rules, approvalsRequired: 2 };
      },
    ],
    [
      "of another installation's card, alike in everything else",
      (other: PlanStory) => {
        other.world.store.installation = "installation-2";
      },
    ],
    ["of a card of another moment", (other: PlanStory) => other.world.advance(1)],
  ])("%s does nothing", async (_name, change) => {
    const card = await elsewhere(change);
    expect(card).toMatchObject({ number: plan.number, revision: plan.revision });
    expect(await press(story, pressed(card))).toEqual(OTHER);
    untouched();
  });

  it.each([
    ["none", () => ""],
    ["one cut short", () => planDigest(plan).slice(0, -1)],
    [
      "one of the same plan with something else in it",
      () => `${planDigest(plan).slice(0, 8)}${"0".repeat(16)}`,
    ],
  ])("with a digest that is %s does nothing", async (_name, digest) => {
    expect(await press(story, { ...pressed(plan), digest: digest() })).toEqual(OTHER);
    untouched();
  });

  it("of another plan's card is told nothing of what became of this one", async () => {
    await story.approve(plan);
    const stored = story.stored(plan);
    const card = await elsewhere((other) => other.world.advance(1));
    expect(await press(story, pressed(card))).toEqual(OTHER);
    expect(story.stored(plan)).toEqual(stored);
  });

  function untouched(): void {
    expect(story.stored(plan)).toEqual(plan);
    expect(story.world.store.events()).toEqual(["plan-proposed"]);
    expect(story.world.patches).toEqual([]);
    expect(story.world.store.deferred.waiting).toEqual([]);
  }
});

describe("a card of the same plan", () => {
  it("in an earlier revision is refused as that, so that it can become the one of now", async () => {
    const revised: Plan = { ...plan, revision: 2 };
    story.world.store.plansByNumber.set(1, revised);
    expect(await story.approve(plan)).toEqual(refuse({ code: "stale-revision", planNumber: 1, revision: 2 }));
    expect(await story.approve(revised)).toMatchObject({
      kind: "decided",
      plan: { state: { kind: "applied" } },
    });
  });

  it("has the same digest when the store tells it again, and after an approval", async () => {
    const again: Plan = JSON.parse(JSON.stringify(plan));
    expect(planDigest(again)).toBe(planDigest(plan));
    expect(planDigest({ ...again, version: 7, approvals: [story.approval(plan, GRACE)] })).toBe(
      planDigest(plan),
    );
  });
});
