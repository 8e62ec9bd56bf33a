import { beforeEach, describe, expect, it } from "vitest";
import { settleOpenPlans } from "../../../src/core/apply/settle-open-plans.js";
import { cancelPlan } from "../../../src/core/approval/decide.js";
import { Fault, refuse } from "../../../src/core/errors.js";
import { replicaId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { Ports } from "../../../src/core/ports.js";
import { GRACE, JOAN, ROOM } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

/** Another process on the same store; the one that applies lives. */
function another(isGone = false): Ports {
  const { ports } = story.world;
  const replicas = { ...ports.replicas, self: replicaId("another"), isGone: async () => isGone };
  return { ...ports, replicas, inHand: new Set() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("a process that applied a plan and could not store what became of it", () => {
  it("settles it as soon as the store is back, since the others leave it alone while it lives", async () => {
    const plan = await story.propose();
    story.world.beforePatch = () => {
      story.world.store.auditBroken = true;
    };
    expect(await story.approve(plan)).toEqual(refuse({ code: "outcome-not-recorded", planNumber: 1 }));
    await settleOpenPlans(another(), story.rules);
    expect(story.stored(plan)?.state.kind).toBe("applying");
    story.world.store.auditBroken = false;
    await turn();
    expect(story.stored(plan)).toMatchObject({ state: { kind: "applied", by: GRACE } });
    expect(story.world.patches).toHaveLength(1);
  });
});

describe("a process whose write another one has settled meanwhile", () => {
  const declined = {
    effect: false,
    answer: { kind: "declined", status: 400, code: "x", message: "no" },
  } as const;

  it("leaves what the other found in force as it is, and says so in the log", async () => {
    const plan = await story.propose();
    story.world.nextPatch = declined;
    story.world.beforePatch = async () => {
      story.world.policy = plan.proposal.after;
      await settleOpenPlans(another(true), story.rules);
    };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.recorded("write-refused")).toBeUndefined();
    expect(story.world.noted).toContainEqual({
      event: "outcome-already-stored",
      plan: 1,
      outcome: "applied",
    });
  });

  it("keeps its answer, however often others look meanwhile and do not know what became of it", async () => {
    const plan = await story.propose();
    const { ports, store } = story.world;
    const find: Ports["plans"]["find"] = async (...which) => {
      ports.plans.find = store.plans.find;
      const newest = (await store.plans.find(...which)) as Plan;
      await store.leave(newest);
      return newest;
    };
    story.world.nextPatch = declined;
    story.world.beforePatch = async () => {
      await settleOpenPlans(another(true), story.rules);
      Object.assign(ports, { plans: { ...ports.plans, find } });
    };
    await story.approve(plan);
    expect(story.stored(plan)?.state).toEqual({
      kind: "refused",
      by: GRACE,
      at: story.now(),
      status: 400,
      message: "no",
    });
  });

  it("leaves alone, when it only looked, what a third process says that it does not know", async () => {
    const plan = await story.propose();
    const { ports, store } = story.world;
    const write = { by: GRACE, at: story.now(), clientRequestId: "c" } as const;
    const applying: Plan = { ...plan, state: { kind: "applying", ...write, replica: replicaId("gone") } };
    await story.world.store.leave(applying);
    const lostSight = { replica: replicaId("third"), elapsed: 1 };
    const unknown = { kind: "unknown", ...write, lostSight, seen: "nothing" } as const;
    const looking = another(true);
    const readPolicy = async () => {
      const current = story.stored(plan) as Plan;
      if (current.state.kind === "applying") await store.leave({ ...current, state: unknown });
      return story.world.policy;
    };
    await settleOpenPlans({ ...looking, tenant: { ...ports.tenant, readPolicy } }, story.rules);
    expect(story.stored(plan)).toEqual({ ...plan, version: 3, state: unknown });
  });

  it("does not take another write of the plan, whose outcome is unknown, for its own", async () => {
    const plan = await story.propose();
    story.world.nextPatch = declined;
    const unknown = {
      kind: "unknown",
      by: JOAN,
      at: story.now(),
      clientRequestId: "another write",
      seen: "before",
      lostSight: { replica: replicaId("another"), elapsed: story.world.time },
    } as const;
    story.world.beforePatch = async () => {
      const applying = story.stored(plan) as Plan;
      await story.world.store.leave({ ...applying, state: unknown });
    };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state).toEqual(unknown);
  });
});

describe("a plan whose outcome was called unknown by a clock that was far ahead", () => {
  it("holds nobody up longer than one that was called so just now", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    story.world.beforePatch = () => {
      story.world.advance(86_400_000);
    };
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("unknown");
    story.world.advance(-86_400_000);
    const ports = another(true);
    await settleOpenPlans(ports, story.rules);
    expect(story.stored(plan)?.state.kind).toBe("unknown");
    story.world.advance(31_000);
    await settleOpenPlans(ports, story.rules);
    expect(story.stored(plan)).toEqual({
      ...plan,
      revision: 2,
      version: 5,
      note: { kind: "not-written-after-all", at: story.now(), approver: GRACE },
    });
  });
});

describe("a write that is found in force long after the approval", () => {
  it("is not known to be ours while the audit log cannot be read, and a person can close the plan", async () => {
    const plan = await story.propose();
    const state = {
      kind: "applying",
      by: GRACE,
      at: story.now(),
      clientRequestId: "c",
      replica: replicaId("another"),
    } as const;
    const approvals = [{ by: GRACE, at: state.at, revision: 1, conversation: ROOM }];
    await story.world.store.leave({ ...plan, state, approvals });
    story.world.policy = plan.proposal.after;
    story.world.advance(3_600_000);
    story.world.ports.tenant.policyWritersSince = async () => {
      throw new Fault("graph-denied", "no AuditLog.Read.All");
    };
    await story.settle();
    expect(story.stored(plan)).toMatchObject({ state: { kind: "unknown", seen: "something-else" } });
    story.world.advance(31_000);
    await story.settle();
    const answer = await cancelPlan(story.world.ports, story.rules, story.click(plan));
    expect(answer).toEqual({ kind: "decided", plan: story.stored(plan) });
    expect(story.stored(plan)?.state).toEqual({
      kind: "superseded",
      why: "outcome-never-known",
      by: GRACE,
      at: story.now(),
    });
  });
});
