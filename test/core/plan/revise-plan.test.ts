import { beforeEach, describe, expect, it } from "vitest";
import { reviseOnScan } from "../../../src/core/plan/revise-plan.js";
import { proposalDetail } from "../../../src/core/plan/plan-entry.js";
import { refuse } from "../../../src/core/errors.js";
import { type Inventory } from "../../../src/core/scan/inventory.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposalDetail } from "../../../src/core/plan/plan-entry.js";
import { reviseOnScan } from "../../../src/core/plan/revise-plan.js";
import type { Inventory } from "../../../src/core/scan/inventory.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN, ROOM } from "../fake-world.js";

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
        detail: { revision: 2, ...proposalDetail(proposal) },
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
});
