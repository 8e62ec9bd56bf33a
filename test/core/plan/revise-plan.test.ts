import { beforeEach, describe, expect, it } from "vitest";
import { Fault, refuse } from "../../../src/core/errors.js";
import { personId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposalDetail, termsDetail } from "../../../src/core/plan/plan-entry.js";
import { reviseOnScan } from "../../../src/core/plan/revise-plan.js";
import type { Inventory } from "../../../src/core/scan/inventory.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN, ROOM } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { ProposalStory } from "./proposal-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

/** The plan is being made anew on a newer scan; meanwhile something happens. */
async function reviseWhile(meanwhile: () => Promise<unknown>) {
  const plan = await story.propose();
  await story.world.scan();
  const inventory = (await story.world.store.scans.latest()) as Inventory;
  const { ports } = story.world;
  let reads = 0;
  const readPolicy = async () => {
    reads += 1;
    if (reads === 1) await meanwhile();
    return story.world.policy;
  };
  const asked = { planNumber: plan.number, person: ADA, conversation: ROOM };
  const revising = { ...ports, tenant: { ...ports.tenant, readPolicy } };
  return { plan, revised: await reviseOnScan(revising, story.rules, asked, inventory) };
}

describe("making a plan anew on a scan", () => {
  it("is not lost when somebody approves meanwhile, and the approval, of what was shown before, is void", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const { plan, revised } = await reviseWhile(async () => {
      const [shown] = story.world.store.plansByNumber.values();
      if (shown !== undefined) await story.approve(shown);
    });
    const { proposal } = story.stored(plan) as Plan;
    expect(revised).toEqual({
      ...plan,
      revision: 2,
      version: 3,
      expiresAt: new Date(story.world.time + 3_600_000).toISOString(),
      note: { kind: "scanned-anew", at: story.now() },
      proposal,
    });
    expect(story.stored(plan)).toEqual(revised);
    expect(story.recorded("plan-revised")).toEqual(
      story.entry(plan, "plan-revised", {
        by: ADA,
        detail: { revision: 2, ...termsDetail(story.stored(plan) as Plan), ...proposalDetail(proposal) },
      }),
    );
    expect(story.world.store.events()).toEqual(["plan-proposed", "plan-approved", "plan-revised"]);
    expect(await story.approve(plan, JOAN)).toEqual(
      refuse({ code: "stale-revision", planNumber: 1, revision: 2 }),
    );
  });

  it("gives way to an approval that writes", async () => {
    const { plan, revised } = await reviseWhile(async () => {
      const [shown] = story.world.store.plansByNumber.values();
      if (shown !== undefined) await story.approve(shown);
    });
    expect(revised).toEqual(refuse({ code: "already-decided", planNumber: 1, state: "applied", by: GRACE }));
    expect(story.stored(plan)).toMatchObject({ revision: 1, state: { kind: "applied" } });
  });

  const asked = { planNumber: 1, person: ADA, conversation: ROOM };

  it("is refused for a plan that is not there", async () => {
    await story.world.scan();
    const inventory = (await story.world.store.scans.latest()) as Inventory;
    expect(await reviseOnScan(story.world.ports, story.rules, asked, inventory)).toEqual(
      refuse({ code: "unknown-plan", planNumber: 1 }),
    );
  });

  it("changes nothing where the plan rests on that scan already", async () => {
    const plan = await story.propose();
    const inventory = (await story.world.store.scans.latest()) as Inventory;
    expect(await reviseOnScan(story.world.ports, story.rules, asked, inventory)).toEqual(plan);
    expect(story.stored(plan)).toEqual(plan);
  });

  it("takes no incomplete scan for a plan that can be approved as it is, and any for one that cannot", async () => {
    const plan = await story.propose();
    await story.world.scan();
    const { recordedAs: _, ...inventory } = (await story.world.store.scans.latest()) as Inventory;
    const incomplete: Inventory = { ...inventory, unreadCount: 1 };
    const revise = () => reviseOnScan(story.world.ports, story.rules, asked, incomplete);
    expect(await revise()).toEqual(plan);
    expect(story.stored(plan)).toEqual(plan);

    const { impact } = plan.proposal;
    const coverage = { ...impact.coverage, complete: false };
    const stuck = { ...plan.proposal, impact: { ...impact, narrows: true, coverage } };
    story.world.store.plansByNumber.set(1, { ...plan, proposal: stuck });
    expect(await revise()).toMatchObject({ revision: 2, note: { kind: "scanned-anew" } });
  });

  it("fails, to be tried again, while the passkeys of an emergency account cannot be read", async () => {
    const narrowing = new ProposalStory();
    const { world } = narrowing;
    world.policy = legacyPolicy();
    const plan = await narrowing.planned("disable");
    await world.scan();
    const inventory = (await world.store.scans.latest()) as Inventory;
    world.unreported.add("breakglass");
    world.passkeys.set("breakglass", "throttled");
    const rules = { ...world.rules, emergencyAccounts: [personId("breakglass")] };
    await expect(reviseOnScan(world.ports, rules, asked, inventory)).rejects.toEqual(
      new Fault("graph-unavailable", "The passkeys of an emergency account could not be read just now."),
    );
    expect(world.store.plansByNumber.get(1)).toEqual(plan);
  });
});
