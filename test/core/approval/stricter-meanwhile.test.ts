import { beforeEach, describe, expect, it } from "vitest";
import { refuse } from "../../../src/core/errors.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import type { ActAs } from "../../../src/core/ports/acting.js";
import { PlanStory } from "../apply/plan-story.js";
import { ADA, GRACE, JOAN, ROOM } from "../fake-world.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

/** What happens while the approver signs in. */
function whileSigningIn(happens: () => void): void {
  const { actAs } = story.world.ports;
  const real = actAs.onBehalfOf;
  (actAs as { onBehalfOf: ActAs["onBehalfOf"] }).onBehalfOf = async (assertion) => {
    happens();
    return real(assertion);
  };
}

describe("rules that become stricter while the last approver signs in", () => {
  it("count: nothing is written with fewer approvals than are needed by then", async () => {
    const plan = await story.propose();
    const given = story.rules;
    // The same object, as a process has it: what is read of it is what is in force at that moment.
    let needed = 1;
    story.rules = {
      ...given,
      get approvalsRequired() {
        return needed;
      },
    };
    whileSigningIn(() => {
      needed = 2;
    });
    expect(await story.approve(plan, GRACE)).toMatchObject({
      kind: "decided",
      plan: { state: { kind: "waiting" } },
    });
    expect(story.stored(plan)?.approvals.map(({ by }) => by)).toEqual([GRACE]);
    expect(story.world.patches).toEqual([]);
    expect(await story.approve(plan, JOAN)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("count: nothing is written while it is not certain whom an emergency account named by then protects", async () => {
    await story.approve(await story.propose());
    const plan = await proposeChange(story.world.ports, story.rules, {
      command: { kind: "disable" },
      typed: "disable passkeys",
      requester: ADA,
      conversation: ROOM,
    });
    if ("kind" in plan) throw new Error(plan.kind);
    const written = story.world.patches.length;
    const given = story.rules;
    let emergencyAccounts: readonly string[] = [];
    story.rules = {
      ...given,
      get emergencyAccounts() {
        return emergencyAccounts;
      },
    };
    const id = "00000000-0000-4000-8000-0000000000ff";
    whileSigningIn(() => {
      emergencyAccounts = [id];
    });
    expect(await story.approve(plan, GRACE)).toEqual(
      refuse({ code: "emergency-accounts-unsure", problems: [{ id, why: "unknown" }] }),
    );
    expect(story.stored(plan)).toEqual(plan);
    expect(story.world.patches).toHaveLength(written);
  });

  it("count: of two who approved, who lost the role is not among those by whom it is written", async () => {
    story.rules = { ...story.rules, approvalsRequired: 1 };
    const plan = await story.propose();
    story.rules = { ...story.rules, approvalsRequired: 2 };
    await story.approve(plan, JOAN);
    story.rules = { ...story.rules, approvalsRequired: 1 };
    whileSigningIn(() => story.world.roles.set(JOAN.id, []));
    expect(await story.approve(plan, GRACE)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(story.stored(plan)?.approvals.map(({ by }) => by)).toEqual([GRACE]);
  });

  it("count: nothing is written by who lost the role", async () => {
    const plan = await story.propose();
    whileSigningIn(() => story.world.roles.set(GRACE.id, []));
    expect(await story.approve(plan, GRACE)).toEqual(
      refuse({ code: "not-an-approver", required: { by: "roles" } }),
    );
    expect(story.stored(plan)).toEqual(plan);
    expect(story.world.patches).toEqual([]);
  });
});

describe("a plan", () => {
  it("is held to the rules it was made under, when those of now are laxer", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2, approvers: [GRACE.id, JOAN.id] };
    const plan = await story.propose();
    story.rules = { ...story.rules, approvalsRequired: 1, allowSelfApproval: true, approvers: undefined };
    expect(await story.approve(plan, GRACE)).toMatchObject({ plan: { state: { kind: "waiting" } } });
    expect(await story.approve(plan, JOAN)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("that was made while more was asked of a sign-in goes on asking for it, and says so", async () => {
    story.rules = { ...story.rules, signInDemands: ["c1"] };
    const plan = await story.propose();
    story.rules = { ...story.rules, signInDemands: [] };
    expect(await story.approve(plan, GRACE)).toEqual({ kind: "sign-in-needed", unmet: ["c1"] });
    expect(story.world.patches).toEqual([]);
  });

  it("that was made before self-approval was allowed is not approved by who asked for it", async () => {
    const plan = await story.propose(GRACE);
    story.rules = { ...story.rules, allowSelfApproval: true };
    expect(await story.approve(plan, GRACE)).toEqual(refuse({ code: "own-plan", planNumber: plan.number }));
    expect(await story.approve(plan, JOAN)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });
});
