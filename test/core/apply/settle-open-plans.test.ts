import { beforeEach, describe, expect, it } from "vitest";
import { cancelPlan } from "../../../src/core/approval/close-plan.js";
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

describe("a plan that was being applied when the process died", () => {
  async function interrupted(written: boolean): Promise<Plan> {
    const plan = await story.propose();
    const state = {
      kind: "applying",
      by: GRACE,
      at: new Date(story.world.time).toISOString(),
      clientRequestId: "c",
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
});
