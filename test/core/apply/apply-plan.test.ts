import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
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
    expect(await story.approve(plan)).toMatchObject({
      kind: "decided",
      plan: {
        revision: 2,
        approvals: [],
        state: { kind: "waiting" },
        note: { kind: "policy-moved", approver: GRACE },
      },
    });
    expect(story.world.patches).toHaveLength(0);
    expect(await story.approve(plan, JOAN)).toMatchObject({ code: "stale-revision", revision: 2 });
    expect(story.stored(plan)?.proposal.changes).toContainEqual({
      setting: "self-service",
      before: false,
      after: true,
    });
  });

  it("ends the plan when there is nothing left to do", async () => {
    const plan = await story.propose();
    story.world.policy = plan.proposal.after;
    expect(await story.approve(plan)).toMatchObject({
      plan: { state: { kind: "superseded", why: "already-in-force" } },
    });
    expect(story.world.patches).toHaveLength(0);
  });

  it("counts a change in a property this version does not know", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, somethingNew: true };
    expect(await story.approve(plan)).toMatchObject({ plan: { revision: 2 } });
  });
});

describe("what Graph answers", () => {
  const declined = (status: number) => ({
    effect: false,
    answer: { kind: "declined", status, code: "x", message: "no", requestId: "graph-9" } as const,
  });

  it.each([401, 403, 429, 503])("leaves the plan open in its revision after %i", async (status) => {
    const plan = await story.propose();
    story.world.nextPatch = declined(status);
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", requestId: "graph-9" });
    expect(story.stored(plan)).toMatchObject({
      revision: 1,
      approvals: [],
      state: { kind: "waiting" },
      note: { kind: "attempt-failed", approver: GRACE },
    });
    story.world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    expect(await story.approve(plan, JOAN)).toMatchObject({ plan: { state: { kind: "applied", by: JOAN } } });
  });

  it.each([400, 404])("ends the plan as refused after %i", async (status) => {
    const plan = await story.propose();
    story.world.nextPatch = declined(status);
    expect(await story.approve(plan)).toMatchObject({
      plan: { state: { kind: "refused", status, requestId: "graph-9" } },
    });
  });

  it("plans again after 409 when somebody else wrote", async () => {
    const plan = await story.propose();
    story.world.nextPatch = declined(409);
    story.world.beforePatch = () => {
      story.world.policy = { ...story.world.policy, isAttestationEnforced: false };
    };
    expect(await story.approve(plan)).toMatchObject({
      plan: { revision: 2, note: { kind: "policy-moved" } },
    });
  });

  it("does not call 204 without effect a success: open again as a new revision", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "accepted", requestId: "graph-3" } };
    expect(await story.approve(plan)).toMatchObject({
      plan: { revision: 2, state: { kind: "waiting" }, note: { kind: "no-effect", requestId: "graph-3" } },
    });
    expect(story.world.patches).toHaveLength(1);
  });

  it("waits for a write that takes seconds to be visible", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "accepted", requestId: "graph-4" } };
    let looks = 0;
    story.world.onSleep = () => {
      if (++looks === 3) story.world.policy = plan.proposal.after;
    };
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("ends as applied when the connection dropped after the write, with one PATCH", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: true, answer: { kind: "unclear", why: "socket hang up" } };
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(story.world.patches).toHaveLength(1);
  });

  it("leaves the plan open when the policy cannot be read before the write", async () => {
    const plan = await story.propose();
    story.world.readFault = new Fault("graph-unavailable", "503", { requestId: "graph-5" });
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", fault: "graph-unavailable" });
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)?.state.kind).toBe("waiting");
  });

  it("says on the outcome who else wrote the policy meanwhile, and does not count the approver's own write", async () => {
    const plan = await story.propose();
    const at = new Date(story.world.time + 10).toISOString();
    story.world.otherWriters = [
      { name: "Grace", at, id: GRACE.id },
      { name: "Eve", at },
    ];
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { otherWriters: [{ name: "Eve" }] } } });
  });
});

describe("a write that would come late", () => {
  it.each(["the machine slept", "the clock was set back"])("is not sent: %s", async (what) => {
    const plan = await story.propose();
    const { ports } = story.world;
    const readPolicy = async () => {
      story.world.advance(what === "the machine slept" ? 9_000 : -9_000);
      return story.world.policy;
    };
    Object.assign(ports, { tenant: { ...ports.tenant, readPolicy } });
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", fault: "too-late" });
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toMatchObject({
      revision: 1,
      state: { kind: "waiting" },
      note: { kind: "attempt-failed" },
    });
  });

  it("is not sent either while one of another plan may arrive that became unknown right before", async () => {
    const other = await story.propose();
    const plan = await story.propose();
    const { ports, store } = story.world;
    const at = ports.clock.now().toISOString();
    const lost = { kind: "unknown", by: JOAN, at, clientRequestId: "c", seen: "nothing" } as const;
    const open = async () => {
      const before = await store.plans.open(plan.tenantId);
      store.plansByNumber.set(other.number, { ...other, state: lost });
      return before;
    };
    Object.assign(ports, { plans: { ...ports.plans, open } });
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", fault: "graph-conflict" });
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)?.state.kind).toBe("waiting");
  });
});
