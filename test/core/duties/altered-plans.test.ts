import { beforeEach, describe, expect, it } from "vitest";
import { settleOwnPlan } from "../../../src/core/apply/settle-own-plan.js";
import { lookAfterPlans } from "../../../src/core/duties/look-after-plans.js";
import { Fault } from "../../../src/core/errors.js";
import { replicaId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE } from "../fake-world.js";

let story: PlanStory;
let plan: Plan;
let isOurs: boolean;
let look: () => Promise<void>;
beforeEach(async () => {
  story = new PlanStory();
  isOurs = true;
  plan = await story.propose();
  const { ports } = story.world;
  const replicas = { ...ports.replicas, claim: async () => isOurs };
  look = lookAfterPlans({ ...ports, replicas }, story.rules, () => 0);
});

const alter = (number = plan.number) => story.world.store.altered.set(number, "proposal");
const putBack = (number = plan.number) => story.world.store.altered.delete(number);
const said = () => story.world.attention.sentences;
/** What was logged of altered plans since this was asked last. */
function logged(): readonly string[] {
  const { errors, noted } = story.world;
  const all = [...errors.splice(0), ...noted.splice(0)];
  const about = ["plan-altered", "plan-not-settled", "attention", "attention-over", "plan-as-recorded"];
  return all.map(({ event }) => event).filter((event) => about.includes(event));
}
/** It is being applied by a process that is gone, or by this one. */
async function isBeingApplied(replica = "another"): Promise<void> {
  const state = { kind: "applying", by: GRACE, at: story.now(), clientRequestId: "c" } as const;
  await story.world.store.leave({ ...plan, state: { ...state, replica: replicaId(replica) } });
}

describe("a plan that is in the store not as it was recorded", () => {
  it.each<[string, () => Promise<void> | void]>([
    ["whose time is up", () => story.world.advance(61 * 60_000)],
    ["that is being applied", () => isBeingApplied()],
  ])("%s is logged and told once, left alone, and gone on with when it was put back", async (_, becomes) => {
    await becomes();
    alter();
    const stored = story.stored(plan);
    await look();
    expect(logged()).toEqual(["plan-altered", "attention"]);
    expect(said()).toEqual([
      expect.stringContaining(
        "Plan #1 is in the database not as it was recorded, so nothing is done with it",
      ),
    ]);
    await look();
    await look();
    expect(logged()).toEqual([]);
    expect(said()).toHaveLength(1);
    expect(story.stored(plan)).toEqual(stored);
    expect(story.world.metrics.altered).toBe(1);
    putBack();
    await look();
    expect(logged()).toEqual(expect.arrayContaining(["plan-as-recorded", "attention-over"]));
    expect(said()).toEqual([]);
    await look();
    expect(story.stored(plan)).not.toEqual(stored);
  });

  it("is told by the process whose click found it, whoever looks after plans", async () => {
    isOurs = false;
    alter();
    for (const _press of [1, 2]) {
      expect(await story.approve(plan)).toMatchObject({ code: "plan-altered" });
      await look();
    }
    expect(logged()).toEqual(["plan-altered", "attention"]);
    expect(story.world.metrics.altered).toBe(2);
    expect(said()).toHaveLength(1);
    putBack();
    await look();
    expect(said()).toEqual([]);
  });

  it("is told together with the others, each until it is put right", async () => {
    const other = await story.propose(ADA, ["ios"]);
    story.world.advance(61 * 60_000);
    for (const { number } of [other, plan]) alter(number);
    await look();
    expect(said()).toEqual([expect.stringContaining("Plans #1, #2 are in the database not as they were")]);
    putBack();
    await look();
    expect(said()).toEqual([expect.stringContaining("Plan #2 is in the database")]);
    expect(story.stored(plan)?.state.kind).toBe("expired");
    expect(story.stored(other)?.state.kind).toBe("waiting");
  });

  it("is so too where it cannot even be read, and keeps no other from being settled", async () => {
    const other = await story.propose(ADA, ["ios"]);
    story.world.advance(61 * 60_000);
    story.world.store.damaged.add(plan.number);
    alter();
    for (const _time of [1, 2]) await look();
    expect(logged()).toEqual(["plan-altered", "attention"]);
    expect(said()).toHaveLength(1);
    expect(story.stored(other)?.state.kind).toBe("expired");
  });

  it("is so where it is beyond understanding", async () => {
    await isBeingApplied();
    const broken = story.stored(plan) ?? plan;
    await story.world.store.leave({ ...broken, proposal: { ...plan.proposal, before: null as never } });
    alter();
    for (const _time of [1, 2]) await look();
    expect(logged()).toEqual(["plan-altered", "attention"]);
  });

  it("is settled by the process that had it in hand, once it was put back", async () => {
    await isBeingApplied("this process");
    alter();
    let sleeps = 0;
    story.world.onSleep = () => {
      sleeps += 1;
      if (sleeps !== 5) return;
      putBack();
      story.world.ports.alteredPlans.delete(plan.number);
    };
    await settleOwnPlan(story.world.ports, plan);
    expect(sleeps).toBe(5);
    expect(logged().filter((event) => event.startsWith("plan-"))).toEqual([
      "plan-altered",
      "plan-not-settled",
    ]);
    expect(story.stored(plan)?.state.kind).not.toBe("applying");
  });

  it("is looked at again at the next time when the store fails meanwhile", async () => {
    alter();
    await story.approve(plan);
    const { plans } = story.world.store;
    const whyAltered = async () => {
      throw new Fault("store-unavailable", "the disk is full");
    };
    const { ports } = story.world;
    const failing = lookAfterPlans({ ...ports, plans: { ...plans, whyAltered } }, story.rules, () => 0);
    await expect(failing()).rejects.toThrow("the disk is full");
    expect(said()).toHaveLength(1);
  });
});
