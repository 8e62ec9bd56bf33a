import { beforeEach, describe, expect, it } from "vitest";
import { settleOpenPlans } from "../../../src/core/apply/settle-open-plans.js";
import { cancelPlan } from "../../../src/core/approval/decide.js";
import { replicaId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { ADA, GRACE, JOAN } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

describe("a write whose outcome is not known", () => {
  it("says unknown when nobody can tell, and settles it by reading alone", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { kind: "unknown", seen: "before" } } });
    await story.settle();
    expect(story.stored(plan)?.state.kind).toBe("unknown");
    story.world.advance(31_000);
    await story.settle();
    expect(story.stored(plan)).toMatchObject({
      revision: 2,
      state: { kind: "waiting" },
      note: { kind: "not-written-after-all" },
    });
    expect(story.world.patches).toHaveLength(1);
  });

  it("lets no other plan write while that write may still arrive", async () => {
    const first = await story.propose();
    const second = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    await story.approve(first);
    expect(await story.approve(second, JOAN)).toMatchObject({ code: "tenant-busy" });
    story.world.advance(31_000);
    story.world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    expect(await story.approve(second, JOAN)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("leaves a plan alone that it is applying itself, however long that takes", async () => {
    const plan = await story.propose();
    story.world.beforePatch = async () => {
      story.world.advance(600_000);
      await story.settle();
      expect(story.stored(plan)?.state.kind).toBe("applying");
    };
    expect(await story.approve(plan)).toMatchObject({ plan: { revision: 1, state: { kind: "applied" } } });
  });

  it("says that the outcome could not be recorded, and finds it out later", async () => {
    const plan = await story.propose();
    story.world.beforePatch = () => {
      story.world.store.auditBroken = true;
    };
    expect(await story.approve(plan)).toMatchObject({ code: "outcome-not-recorded" });
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

    it("tells how it differs from both, and who wrote, as the audit log learns it", async () => {
      const plan = await neither();
      const changed = (before: boolean, after: boolean) => ({ setting: "self-service", before, after });
      expect(story.stored(plan)).toMatchObject({
        state: { found: { sinceBefore: [changed(true, false)], writers: [] } },
      });
      const { state } = story.stored(plan) as Plan;
      expect(state.kind === "unknown" && state.found?.besideWanted).toContainEqual(changed(true, false));
      expect(story.world.store.records.at(-1)).toMatchObject({
        event: "write-unknown",
        detail: { found: { sinceBefore: [changed(true, false)] }, otherWriters: [] },
      });

      const records = story.world.store.records.length;
      await story.settle();
      expect(story.world.store.records).toHaveLength(records);
      story.world.otherWriters = [{ name: "Eve", at: new Date(story.world.time).toISOString() }];
      await story.settle();
      await story.settle();
      expect(story.stored(plan)).toMatchObject({ state: { found: { writers: [{ name: "Eve" }] } } });
      expect(story.world.store.records).toHaveLength(records + 1);
    });

    it("does not forget who wrote when the log cannot be read at a later look", async () => {
      const plan = await neither();
      story.world.otherWriters = [{ name: "Eve", at: new Date(story.world.time).toISOString() }];
      await story.settle();
      story.world.otherWriters = [];
      await story.settle();
      expect(story.stored(plan)).toMatchObject({ state: { found: { writers: [{ name: "Eve" }] } } });
    });

    it("stays unknown until a person closes it, once nothing can arrive any more", async () => {
      const plan = await neither();
      expect(story.stored(plan)).toMatchObject({ state: { kind: "unknown", seen: "something-else" } });
      expect(await cancelPlan(story.world.ports, story.rules, story.click(plan, ADA))).toMatchObject({
        code: "being-applied",
      });
      story.world.advance(31_000);
      await story.settle();
      expect(story.stored(plan)?.state.kind).toBe("unknown");
      expect(await cancelPlan(story.world.ports, story.rules, story.click(plan, ADA))).toMatchObject({
        plan: { state: { kind: "superseded", why: "outcome-never-known", by: ADA } },
      });
    });

    it("is not taken for applied when somebody makes the same policy by hand much later", async () => {
      const plan = await neither();
      story.world.advance(3_600_000);
      story.world.policy = plan.proposal.after;
      await story.settle();
      expect(story.stored(plan)?.state.kind).toBe("unknown");
      story.world.otherWriters = [
        { name: "Grace", id: GRACE.id, at: new Date(story.world.time).toISOString() },
      ];
      await story.settle();
      expect(story.stored(plan)?.state.kind).toBe("applied");
    });
  });

  it("settles an unknown write that arrived late as applied", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    await story.approve(plan);
    story.world.policy = plan.proposal.after;
    await story.settle();
    expect(story.stored(plan)).toMatchObject({ state: { kind: "applied", by: GRACE } });
  });
});

it("settles the others although one of them is beyond understanding", async () => {
  const broken = await story.propose();
  const other = await story.propose();
  const proposal = { ...broken.proposal, before: null as never };
  const state = { kind: "applying", by: GRACE, at: broken.createdAt, clientRequestId: "c" } as const;
  await story.world.ports.plans.replace({ ...broken, proposal, state }, []);
  story.world.advance(61 * 60_000);
  await story.settle();
  expect(story.stored(other)?.state.kind).toBe("expired");
  expect(story.world.errors).toMatchObject([{ event: "plan-not-settled", plan: broken.number }]);
});

describe("a plan that was being applied when the process died", () => {
  async function interrupted(written: boolean, replica?: string): Promise<Plan> {
    const plan = await story.propose();
    const state = {
      kind: "applying",
      by: GRACE,
      at: new Date(story.world.time).toISOString(),
      clientRequestId: "c",
      ...(replica === undefined ? {} : { replica: replicaId(replica) }),
    } as const;
    await story.world.ports.plans.replace({ ...plan, state }, []);
    if (written) story.world.policy = plan.proposal.after;
    return plan;
  }

  it("is applied if what it wanted is in force", async () => {
    const plan = await interrupted(true);
    await story.settle();
    expect(story.stored(plan)).toMatchObject({ state: { kind: "applied", by: GRACE } });
    expect(story.world.patches).toHaveLength(0);
  });

  it("is open again, to be approved anew, once nothing can be on its way any more", async () => {
    const plan = await interrupted(false);
    await story.settle();
    expect(story.stored(plan)?.state.kind).toBe("unknown");
    story.world.advance(31_000);
    await story.settle();
    expect(story.stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
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
    story.world.otherWriters = [
      { name: "Grace", id: GRACE.id, at: new Date(story.world.time).toISOString() },
    ];
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
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { kind: "refused", status: 400 } } });
  });
});
