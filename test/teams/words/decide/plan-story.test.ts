import { expect, it } from "vitest";
import type { PlanState } from "../../../../src/core/plan/plan.js";
import { summaryOf } from "../../../../src/core/plan/plan.js";
import { planStory } from "../../../../src/teams/words/decide/plan-story.js";
import { enablePlan, GRACE } from "../../cards/plan/sample-plans.js";

const MINUTE_MS = 60_000;
const by = GRACE;

/** What is told of a plan that was asked for, approved and decided so many minutes ago. */
function story(
  minutes: { asked: number; approved?: number; decided?: number },
  state?: "applied" | "rejected",
) {
  const now = new Date("2026-11-29T12:00:00Z");
  const at = (ago: number) => new Date(now.getTime() - ago * MINUTE_MS).toISOString();
  const decided = at(minutes.decided ?? 0);
  const states: Readonly<Record<string, PlanState>> = {
    applied: { kind: "applied", by, at: decided, clientRequestId: "id", otherWriters: [] },
    rejected: { kind: "rejected", by, at: decided, reason: "too early" },
  };
  const plan = enablePlan({
    createdAt: at(minutes.asked),
    expiresAt: at(-30),
    state: states[state ?? ""] ?? { kind: "waiting" },
  });
  const approval = {
    by,
    at: at(minutes.approved ?? 0),
    revision: plan.revision,
    conversation: plan.conversation,
  };
  const approvals = minutes.approved === undefined ? [] : [approval];
  return planStory(summaryOf({ ...plan, approvals }), now);
}

it("says each moment once", () => {
  expect(story({ asked: 0, approved: 0, decided: 0 }, "applied")).toMatch(
    / asked for it, just now\. Grace Hopper approved it\. It is applied and verified\.$/,
  );
  expect(story({ asked: 20, approved: 5, decided: 5 }, "applied")).toMatch(
    / asked for it, 20 minutes ago\. Grace Hopper approved it, 5 minutes ago\. It is applied and verified\.$/,
  );
  expect(story({ asked: 200, approved: 20, decided: 5 }, "applied")).toMatch(
    /, 3 hours ago\. .*, 20 minutes ago\. It is applied and verified, since 5 minutes ago\.$/,
  );
});

it("says who said no, and why, and what is still missing", () => {
  expect(story({ asked: 20, decided: 0 }, "rejected")).toMatch(
    / asked for it, 20 minutes ago\. Grace Hopper rejected it, just now, because: too early\.$/,
  );
  expect(story({ asked: 20 })).toMatch(
    /Nobody has approved it yet\. It waits for 1 approval, and expires in 30 minutes\.$/,
  );
});
