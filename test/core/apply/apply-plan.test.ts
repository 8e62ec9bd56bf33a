import { beforeEach, describe, expect, it } from "vitest";
import { Fault, refuse } from "../../../src/core/errors.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { GRACE, JOAN } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

describe("the policy moved since the plan was made", () => {
  it("is planned again as a new revision, and nothing is written", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    const { proposal } = story.stored(plan) as Plan;
    expect(story.stored(plan)).toEqual({
      ...plan,
      revision: 2,
      version: 3,
      note: { kind: "policy-moved", at: story.now(), approver: GRACE },
      proposal,
    });
    expect(proposal.before).toEqual(story.world.policy);
    expect(proposal.changes).toContainEqual({ setting: "self-service", before: false, after: true });
    expect(story.world.patches).toHaveLength(0);
    expect(await story.approve(plan, JOAN)).toEqual(
      refuse({ code: "stale-revision", planNumber: 1, revision: 2 }),
    );
  });

  it("is open as before when the scan to plan it on again is not in the store", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    story.world.store.scans.latest = async () => undefined;
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    const why = "The last scan is not in the store.";
    expect(story.stored(plan)).toEqual(story.openAsBefore(plan, ["store-unavailable", why]));
    expect(story.recorded("attempt-failed")).toEqual(
      story.entry(plan, "attempt-failed", {
        by: GRACE,
        detail: { clientRequestId: "id-2", fault: "store-unavailable", why },
      }),
    );
    expect(story.world.patches).toHaveLength(0);
  });

  it("is open as before when Graph fails while it is planned again, with Graph's id in plan and record", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    const ids = { requestId: "graph-6" };
    const { scans } = story.world.store;
    scans.latest = () => Promise.reject(new Fault("graph-unavailable", "503", ids));
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)).toEqual(story.openAsBefore(plan, ["graph-unavailable", "503"], ids));
    expect(story.recorded("attempt-failed")?.detail).toEqual({
      clientRequestId: "id-2",
      fault: "graph-unavailable",
      why: "503",
      ...ids,
    });
  });

  it("does not take a mistake in this program for something that passes", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    story.world.store.scans.latest = () => Promise.reject(new TypeError("a mistake"));
    await expect(story.approve(plan)).rejects.toThrow("a mistake");
  });

  it("ends the plan when it can no longer be planned, and the record says why", async () => {
    const plan = await story.propose();
    const approvals = [story.approval(plan, GRACE)];
    story.world.policy = { ...story.world.policy, somethingNew: "x".repeat(20_000) };
    const state = { kind: "superseded", at: story.now(), why: "no-longer-possible" } as const;
    expect(await story.approve(plan)).toEqual({
      kind: "decided",
      plan: { ...plan, version: 3, approvals, state },
    });
    expect(story.recorded("plan-superseded")).toEqual(
      story.entry(plan, "plan-superseded", {
        by: GRACE,
        detail: { clientRequestId: "id-2", why: "no-longer-possible", refusal: "policy-too-large" },
      }),
    );
    expect(story.world.patches).toHaveLength(0);
  });

  it("ends the plan when there is nothing left to do", async () => {
    const plan = await story.propose();
    story.world.policy = plan.proposal.after;
    const approvals = [story.approval(plan, GRACE)];
    const state = { kind: "superseded", at: story.now(), why: "already-in-force" } as const;
    expect(await story.approve(plan)).toEqual({
      kind: "decided",
      plan: { ...plan, version: 3, approvals, state },
    });
    expect(story.world.patches).toHaveLength(0);
  });

  it("counts a change in a property this version does not know", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, somethingNew: true };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
    expect(story.world.patches).toHaveLength(0);
  });
});
