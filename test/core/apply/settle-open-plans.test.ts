import { beforeEach, describe, expect, it } from "vitest";
import { settleOpenPlans } from "../../../src/core/apply/settle-open-plans.js";
import { cancelPlan } from "../../../src/core/approval/decide.js";
import { refuse } from "../../../src/core/errors.js";
import { replicaId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { ADA, GRACE, JOAN } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

/** The state of Grace's write once reading has shown that it is in force, without an answer of Graph. */
const appliedUnanswered = (clientRequestId: string) => ({
  kind: "applied",
  by: GRACE,
  at: story.now(),
  clientRequestId,
  otherWriters: [],
});
/** The plan as it is open again, as a new revision, since nothing was written. */
const openAgain = (plan: Plan, version: number): Plan => ({
  ...plan,
  revision: plan.revision + 1,
  version,
  note: { kind: "not-written-after-all", at: story.now(), approver: GRACE },
});

describe("a write whose outcome is not known", () => {
  it("says unknown when nobody can tell, and settles it by reading alone", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    const approvals = [story.approval(plan, GRACE)];
    const answer = await story.approve(plan);
    const unknown: Plan = {
      ...plan,
      version: 3,
      approvals,
      state: {
        kind: "unknown",
        by: GRACE,
        at: story.now(),
        lostSight: { replica: replicaId("this process"), elapsed: story.world.time },
        clientRequestId: "id-2",
        seen: "before",
      },
    };
    expect(answer).toEqual({ kind: "decided", plan: unknown });
    story.world.advance(29_999);
    await story.settle();
    expect(story.stored(plan)).toEqual(unknown);
    story.world.advance(1);
    await story.settle();
    expect(story.stored(plan)).toEqual(openAgain(plan, 4));
    expect(story.recorded("write-without-effect")).toEqual(
      story.entry(plan, "write-without-effect", {
        by: GRACE,
        detail: { clientRequestId: "id-2", why: "not-written-after-all" },
      }),
    );
    expect(story.world.patches).toHaveLength(1);
  });

  it("lets no other plan write while that write may still arrive", async () => {
    const first = await story.propose();
    const second = await story.propose(ADA, ["ios"]);
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    await story.approve(first);
    story.world.advance(29_999);
    expect(await story.approve(second, JOAN)).toEqual(refuse({ code: "tenant-busy", planNumber: 2 }));
    expect(story.stored(second)).toEqual(second);
    story.world.advance(1);
    story.world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    await story.approve(second, JOAN);
    expect(story.stored(second)?.state).toMatchObject({ kind: "applied", by: JOAN });
  });

  it("leaves a plan alone that it is applying itself, however long that takes", async () => {
    const plan = await story.propose();
    story.world.beforePatch = async () => {
      story.world.advance(600_000);
      await story.settle();
      expect(story.stored(plan)?.state.kind).toBe("applying");
    };
    await story.approve(plan);
    expect(story.stored(plan)).toMatchObject({ revision: 1, state: { kind: "applied" } });
  });

  it("says that the outcome could not be recorded, and finds it out later", async () => {
    const plan = await story.propose();
    story.world.beforePatch = () => {
      story.world.store.auditBroken = true;
    };
    expect(await story.approve(plan)).toEqual(refuse({ code: "outcome-not-recorded", planNumber: 1 }));
    story.world.store.auditBroken = false;
    await story.settle();
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.world.patches).toHaveLength(1);
  });

  describe("and the policy is neither what it was nor what was wanted", () => {
    async function neither(): Promise<Plan> {
      const plan = await story.propose();
      story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
      story.world.beforePatch = () => {
        story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
      };
      await story.approve(plan);
      return plan;
    }

    const found = (plan: Plan) => {
      const state = story.stored(plan)?.state;
      return state?.kind === "unknown" && state.seen === "something-else" ? state.found : undefined;
    };

    it("tells how it differs from both, and who wrote, as the audit log learns it", async () => {
      const plan = await neither();
      const changed = { setting: "self-service", before: true, after: false };
      expect(found(plan)?.policy).toEqual(story.world.policy);
      expect(found(plan)?.sinceBefore).toEqual([changed]);
      expect(found(plan)?.besideWanted).toContainEqual(changed);
      expect(found(plan)?.writers).toEqual([]);

      const records = story.world.store.records.length;
      await story.settle();
      expect(story.world.store.records).toHaveLength(records);
      const eve = { name: "Eve", at: story.now() };
      story.world.otherWriters = [eve];
      await story.settle();
      await story.settle();
      expect(found(plan)?.writers).toEqual([eve]);
      expect(story.world.store.records).toHaveLength(records + 1);
      expect(story.recorded("write-unknown")?.detail.otherWriters).toEqual([eve]);
    });

    it("does not forget who wrote when the log cannot be read at a later look", async () => {
      const plan = await neither();
      const eve = { name: "Eve", at: story.now() };
      story.world.otherWriters = [eve];
      await story.settle();
      story.world.otherWriters = [];
      await story.settle();
      expect(found(plan)?.writers).toEqual([eve]);
    });

    it("stays unknown until a person closes it, once nothing can arrive any more", async () => {
      const plan = await neither();
      const close = () => cancelPlan(story.world.ports, story.rules, story.click(plan, ADA));
      expect(await close()).toEqual(refuse({ code: "being-applied", planNumber: 1, by: GRACE }));
      story.world.advance(31_000);
      await story.settle();
      const unknown = story.stored(plan) as Plan;
      expect(unknown.state).toMatchObject({ kind: "unknown", seen: "something-else" });
      const state = { kind: "superseded", why: "outcome-never-known", by: ADA, at: story.now() } as const;
      expect(await close()).toEqual({
        kind: "decided",
        plan: { ...unknown, version: unknown.version + 1, state },
      });
    });

    it("is not taken for applied when somebody makes the same policy by hand much later", async () => {
      const plan = await neither();
      story.world.advance(3_600_000);
      story.world.policy = plan.proposal.after;
      await story.settle();
      expect(story.stored(plan)?.state.kind).toBe("unknown");
      story.world.otherWriters = [{ name: "Grace", id: GRACE.id, at: story.now() }];
      await story.settle();
      expect(story.stored(plan)?.state.kind).toBe("applied");
    });
  });

  it("keeps Graph's id of the request until reading settles it, in plan and record", async () => {
    const plan = await story.propose();
    const answer = { kind: "unclear", why: "no body", requestId: "graph-7" } as const;
    story.world.nextPatch = { effect: false, answer };
    await story.approve(plan);
    await story.settle();
    expect(story.stored(plan)?.state).toMatchObject({ kind: "unknown", requestId: "graph-7" });
    story.world.policy = plan.proposal.after;
    await story.settle();
    expect(story.stored(plan)?.state).toEqual({ ...appliedUnanswered("id-2"), requestId: "graph-7" });
    expect(story.recorded("write-verified")).toEqual(
      story.entry(plan, "write-verified", {
        by: GRACE,
        detail: { clientRequestId: "id-2", requestId: "graph-7" },
      }),
    );
  });

  it("settles an unknown write that arrived late as applied", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    await story.approve(plan);
    story.world.policy = plan.proposal.after;
    await story.settle();
    expect(story.stored(plan)?.state).toEqual(appliedUnanswered("id-2"));
  });
});

it("settles the others although one of them is beyond understanding", async () => {
  const broken = await story.propose();
  const other = await story.propose(ADA, ["ios"]);
  const proposal = { ...broken.proposal, before: null as never };
  const replica = replicaId("another");
  const at = broken.createdAt;
  const state = { kind: "applying", by: GRACE, at, clientRequestId: "c", replica } as const;
  await story.world.store.leave({ ...broken, proposal, state });
  story.world.advance(61 * 60_000);
  await story.settle();
  expect(story.stored(other)?.state.kind).toBe("expired");
  expect(story.world.errors).toEqual([
    { event: "plan-not-settled", plan: broken.number, error: expect.any(TypeError) },
  ]);
});

describe("a plan that was being applied when the process died", () => {
  async function interrupted(written: boolean, replica = "another"): Promise<Plan> {
    const plan = await story.propose();
    const state = {
      kind: "applying",
      by: GRACE,
      at: story.now(),
      clientRequestId: "c",
      replica: replicaId(replica),
    } as const;
    await story.world.store.leave({ ...plan, state });
    if (written) story.world.policy = plan.proposal.after;
    return plan;
  }

  it("is applied if what it wanted is in force", async () => {
    const plan = await interrupted(true);
    await story.settle();
    expect(story.stored(plan)?.state).toEqual(appliedUnanswered("c"));
    expect(story.world.patches).toHaveLength(0);
  });

  it("is open again, to be approved anew, once nothing can be on its way any more", async () => {
    const plan = await interrupted(false);
    await story.settle();
    expect(story.stored(plan)?.state.kind).toBe("unknown");
    story.world.advance(31_000);
    await story.settle();
    expect(story.stored(plan)).toEqual(openAgain(plan, 4));
  });

  it("is left alone while another process that lives applies it, and settled once that is gone", async () => {
    const gone = new Set<string>();
    const { ports } = story.world;
    const isGone = async (replica: string) => gone.has(replica);
    Object.assign(ports, { replicas: { ...ports.replicas, isGone } });
    const plan = await interrupted(true, "another");
    story.world.advance(600_000);
    await story.settle();
    expect(story.stored(plan)?.state.kind).toBe("applying");
    gone.add("another");
    story.world.otherWriters = [{ name: "Grace", id: GRACE.id, at: story.now() }];
    await story.settle();
    expect(story.stored(plan)?.state.kind).toBe("applied");
  });

  it("is settled by the process itself when it lost it out of its hands", async () => {
    const plan = await interrupted(true, "this process");
    await story.settle();
    expect(story.stored(plan)?.state.kind).toBe("applied");
  });

  it("keeps the answer of a process that was only thought to be gone", async () => {
    const plan = await story.propose();
    const answer = { kind: "declined", status: 400, code: "x", message: "no" } as const;
    story.world.nextPatch = { effect: false, answer };
    story.world.beforePatch = async () => {
      const { ports } = story.world;
      const other = {
        ...ports,
        replicas: { ...ports.replicas, self: replicaId("other"), isGone: async () => true },
      };
      await settleOpenPlans({ ...other, inHand: new Set() }, story.rules);
      expect(story.stored(plan)?.state.kind).toBe("unknown");
    };
    const approvals = [story.approval(plan, GRACE)];
    const state = { kind: "refused", by: GRACE, at: story.now(), status: 400, message: "no" } as const;
    expect(await story.approve(plan)).toEqual({
      kind: "decided",
      plan: { ...plan, version: 4, approvals, state },
    });
  });
});
