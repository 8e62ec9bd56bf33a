import { beforeEach, describe, expect, it } from "vitest";
import { approvePlan } from "../../../src/core/apply/approve-plan.js";
import { settleOpenPlans } from "../../../src/core/apply/settle-open-plans.js";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/close-plan.js";
import { verifyChain } from "../../../src/core/audit/chain.js";
import { Fault } from "../../../src/core/errors.js";
import { type Person, personId } from "../../../src/core/person.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import type { Rules } from "../../../src/core/ports.js";
import { ADA, ASSERTION, FakeWorld, GRACE, JOAN, LINUS, ROOM } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";

let world: FakeWorld;
let rules: Rules;

beforeEach(() => {
  world = new FakeWorld();
  rules = world.rules;
});

async function propose(requester: Person = ADA): Promise<Plan> {
  const options = { restriction: "as-fits", authenticators: ["ios", "android"] } as const;
  const plan = await proposeChange(world.ports, rules, {
    command: { kind: "enable", options },
    typed: "enable passkeys",
    requester,
    conversation: ROOM,
  });
  if ("kind" in plan) throw new Error(plan.code);
  return plan;
}

const click = (plan: Plan, person: Person = GRACE) => ({
  planNumber: plan.number,
  revision: plan.revision,
  person,
  conversation: ROOM,
});
const approve = (plan: Plan, person: Person = GRACE) =>
  approvePlan(world.ports, rules, click(plan, person), ASSERTION);
const stored = (plan: Plan) => world.store.plansByNumber.get(plan.number);

describe("approving", () => {
  it("writes once with the approver's rights, reads back, and records intent before and outcome after", async () => {
    const plan = await propose();
    expect(await approve(plan)).toMatchObject({
      kind: "decided",
      plan: { state: { kind: "applied", by: GRACE, requestId: "graph-1", clientRequestId: "id-2" } },
    });
    expect(world.patches).toHaveLength(1);
    expect(world.store.events()).toEqual([
      "plan-proposed",
      "plan-approved",
      "write-intended",
      "write-verified",
    ]);
    expect(verifyChain(world.store.records)).toMatchObject({ kind: "intact" });
    expect(world.announced.at(-1)?.state.kind).toBe("applied");
  });

  it("asks for sign-in only from someone whose click could go ahead", async () => {
    const plan = await propose();
    expect(await approvePlan(world.ports, rules, click(plan), undefined)).toEqual({ kind: "sign-in-needed" });
    expect(await approvePlan(world.ports, rules, click(plan, LINUS), undefined)).toMatchObject({
      code: "not-an-approver",
      required: { by: "roles" },
    });
    expect(stored(plan)).toEqual(plan);
  });

  it("is not for the requester, unless the installation allows it", async () => {
    const plan = await propose(GRACE);
    expect(await approve(plan, GRACE)).toMatchObject({ code: "own-plan" });
    rules = { ...rules, allowSelfApproval: true };
    expect(await approve(plan, GRACE)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("lets an empty list of approvers approve nothing, and a named group replace the role", async () => {
    const plan = await propose();
    rules = { ...rules, approvers: [] };
    expect(await approve(plan)).toMatchObject({ code: "not-an-approver", required: { by: "ids" } });
    world.addGroup("changers", "Changers", LINUS.id);
    rules = { ...rules, approvers: ["changers"] };
    expect(await approve(plan, LINUS)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("makes one PATCH of two clicks at once, and tells the second who was first", async () => {
    const plan = await propose();
    const results = await Promise.all([approve(plan, GRACE), approve(plan, JOAN), approve(plan, GRACE)]);
    expect(world.patches).toHaveLength(1);
    expect(results.filter((result) => result.kind === "decided")).toHaveLength(1);
    expect(await approve(plan, JOAN)).toMatchObject({ code: "already-decided", state: "applied", by: GRACE });
  });

  it("applies one plan of a tenant at a time", async () => {
    const first = await propose();
    const second = await propose();
    let refused: unknown;
    world.beforePatch = async () => {
      refused = await approve(second, JOAN);
    };
    await approve(first);
    expect(refused).toMatchObject({ code: "tenant-busy" });
    expect(world.patches).toHaveLength(1);
  });

  it("needs as many distinct people as the installation says; the last one writes", async () => {
    rules = { ...rules, approvalsRequired: 2 };
    const plan = await propose();
    expect(await approve(plan, GRACE)).toMatchObject({ plan: { state: { kind: "waiting" } } });
    expect(await approve(plan, GRACE)).toMatchObject({ code: "already-approved", missing: 1 });
    expect(world.patches).toHaveLength(0);
    expect(await approve(plan, JOAN)).toMatchObject({ plan: { state: { kind: "applied", by: JOAN } } });
  });

  it("counts two first approvals at the same moment as two", async () => {
    rules = { ...rules, approvalsRequired: 2 };
    const plan = await propose();
    const results = await Promise.all([approve(plan, GRACE), approve(plan, JOAN)]);
    expect(results.map((result) => result.kind)).toEqual(["decided", "decided"]);
    expect(stored(plan)?.state.kind).toBe("applied");
    expect(world.patches).toHaveLength(1);
  });

  it("does not count the approval of someone who lost the role since", async () => {
    rules = { ...rules, approvalsRequired: 2 };
    const plan = await propose();
    await approve(plan, GRACE);
    world.roles.set(GRACE.id, []);
    expect(await approve(plan, JOAN)).toMatchObject({ plan: { state: { kind: "waiting" } } });
    expect(world.patches).toHaveLength(0);
  });

  it("holds an open plan to rules that became stricter since it was made", async () => {
    world.policy = legacyPolicy();
    world.passkeys.set("breakglass", []);
    const plan = await propose();
    rules = { ...rules, approvalsRequired: 2 };
    expect(await approve(plan, GRACE)).toMatchObject({ plan: { state: { kind: "waiting" } } });
    const losing = [{ id: personId("breakglass"), name: "breakglass", isAdmin: true }];
    const impact = { ...plan.proposal.impact, losing };
    const current = stored(plan) as Plan;
    await world.ports.plans.replace({ ...current, proposal: { ...current.proposal, impact } }, []);
    rules = { ...rules, emergencyAccounts: [personId("breakglass")] };
    expect(await approve(plan, JOAN)).toMatchObject({ code: "emergency-account-cut-off" });
    expect(world.patches).toHaveLength(0);
  });

  it("refuses an unknown plan, another revision and one whose time is up", async () => {
    const plan = await propose();
    expect(await approve({ ...plan, number: 99 })).toMatchObject({ code: "unknown-plan" });
    expect(await approve({ ...plan, revision: 2 })).toMatchObject({ code: "stale-revision", revision: 1 });
    world.advance(61 * 60_000);
    expect(await approve(plan)).toMatchObject({ code: "plan-expired" });
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)?.state.kind).toBe("expired");
    expect(world.patches).toHaveLength(0);
  });

  it("writes nothing when the record cannot be written", async () => {
    const plan = await propose();
    world.store.auditBroken = true;
    await expect(approve(plan)).rejects.toThrow("the disk is full");
    expect(world.patches).toHaveLength(0);
    expect(stored(plan)?.state.kind).toBe("waiting");
  });

  it("leaves the plan open when the approver cannot be signed in, and records the attempt", async () => {
    const plan = await propose();
    world.signInProblem = "consent-missing";
    expect(await approve(plan)).toMatchObject({ code: "sign-in-failed", problem: "consent-missing" });
    expect(stored(plan)).toEqual(plan);
    expect(world.store.events().at(-1)).toBe("attempt-failed");
  });
});

describe("the policy moved since the plan was made", () => {
  it("is planned again as a new revision, and nothing is written", async () => {
    const plan = await propose();
    world.policy = { ...world.policy, isSelfServiceRegistrationAllowed: false };
    expect(await approve(plan)).toMatchObject({
      kind: "decided",
      plan: {
        revision: 2,
        approvals: [],
        state: { kind: "waiting" },
        note: { kind: "policy-moved", approver: GRACE },
      },
    });
    expect(world.patches).toHaveLength(0);
    expect(await approve(plan, JOAN)).toMatchObject({ code: "stale-revision", revision: 2 });
    expect(stored(plan)?.proposal.changes).toContainEqual({
      setting: "self-service",
      before: false,
      after: true,
    });
  });

  it("ends the plan when there is nothing left to do", async () => {
    const plan = await propose();
    world.policy = plan.proposal.after;
    expect(await approve(plan)).toMatchObject({
      plan: { state: { kind: "superseded", why: "already-in-force" } },
    });
    expect(world.patches).toHaveLength(0);
  });

  it("counts a change in a property this version does not know", async () => {
    const plan = await propose();
    world.policy = { ...world.policy, somethingNew: true };
    expect(await approve(plan)).toMatchObject({ plan: { revision: 2 } });
  });
});

describe("what Graph answers", () => {
  const declined = (status: number) => ({
    effect: false,
    answer: { kind: "declined", status, code: "x", message: "no", requestId: "graph-9" } as const,
  });

  it.each([401, 403, 429, 503])("leaves the plan open in its revision after %i", async (status) => {
    const plan = await propose();
    world.nextPatch = declined(status);
    expect(await approve(plan)).toMatchObject({ code: "not-written", requestId: "graph-9" });
    expect(stored(plan)).toMatchObject({
      revision: 1,
      approvals: [],
      state: { kind: "waiting" },
      note: { kind: "attempt-failed", approver: GRACE },
    });
    world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    expect(await approve(plan, JOAN)).toMatchObject({ plan: { state: { kind: "applied", by: JOAN } } });
  });

  it.each([400, 404])("ends the plan as refused after %i", async (status) => {
    const plan = await propose();
    world.nextPatch = declined(status);
    expect(await approve(plan)).toMatchObject({
      plan: { state: { kind: "refused", status, requestId: "graph-9" } },
    });
  });

  it("plans again after 409 when somebody else wrote", async () => {
    const plan = await propose();
    world.nextPatch = declined(409);
    world.beforePatch = () => {
      world.policy = { ...world.policy, isAttestationEnforced: false };
    };
    expect(await approve(plan)).toMatchObject({ plan: { revision: 2, note: { kind: "policy-moved" } } });
  });

  it("does not call 204 without effect a success: open again as a new revision", async () => {
    const plan = await propose();
    world.nextPatch = { effect: false, answer: { kind: "accepted", requestId: "graph-3" } };
    expect(await approve(plan)).toMatchObject({
      plan: { revision: 2, state: { kind: "waiting" }, note: { kind: "no-effect", requestId: "graph-3" } },
    });
    expect(world.patches).toHaveLength(1);
  });

  it("waits for a write that takes seconds to be visible", async () => {
    const plan = await propose();
    world.nextPatch = { effect: false, answer: { kind: "accepted", requestId: "graph-4" } };
    let looks = 0;
    world.onSleep = () => {
      if (++looks === 3) world.policy = plan.proposal.after;
    };
    expect(await approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("ends as applied when the connection dropped after the write, with one PATCH", async () => {
    const plan = await propose();
    world.nextPatch = { effect: true, answer: { kind: "unclear", why: "socket hang up" } };
    expect(await approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(world.patches).toHaveLength(1);
  });

  it("says unknown when nobody can tell, and settles it by reading alone", async () => {
    const plan = await propose();
    world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    expect(await approve(plan)).toMatchObject({ plan: { state: { kind: "unknown", seen: "before" } } });
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)?.state.kind).toBe("unknown");
    world.advance(31_000);
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)).toMatchObject({
      revision: 2,
      state: { kind: "waiting" },
      note: { kind: "not-written-after-all" },
    });
    expect(world.patches).toHaveLength(1);
  });

  it("lets no other plan write while that write may still arrive", async () => {
    const first = await propose();
    const second = await propose();
    world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    await approve(first);
    expect(await approve(second, JOAN)).toMatchObject({ code: "tenant-busy" });
    world.advance(31_000);
    world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    expect(await approve(second, JOAN)).toMatchObject({ plan: { state: { kind: "applied" } } });
  });

  it("leaves a plan alone that it is applying itself, however long that takes", async () => {
    const plan = await propose();
    world.beforePatch = async () => {
      world.advance(600_000);
      await settleOpenPlans(world.ports, rules);
      expect(stored(plan)?.state.kind).toBe("applying");
    };
    expect(await approve(plan)).toMatchObject({ plan: { revision: 1, state: { kind: "applied" } } });
  });

  it("says that the outcome could not be recorded, and finds it out later", async () => {
    const plan = await propose();
    world.beforePatch = () => {
      world.store.auditBroken = true;
    };
    expect(await approve(plan)).toMatchObject({ code: "outcome-not-recorded" });
    world.store.auditBroken = false;
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)?.state.kind).toBe("applied");
    expect(world.patches).toHaveLength(1);
  });

  describe("and the policy is neither what it was nor what was wanted", () => {
    async function neither(): Promise<Plan> {
      const plan = await propose();
      world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
      world.beforePatch = () => {
        world.policy = { ...world.policy, isSelfServiceRegistrationAllowed: false };
      };
      await approve(plan);
      return plan;
    }

    it("stays unknown until a person closes it, once nothing can arrive any more", async () => {
      const plan = await neither();
      expect(stored(plan)).toMatchObject({ state: { kind: "unknown", seen: "something-else" } });
      expect(await cancelPlan(world.ports, rules, click(plan, ADA))).toMatchObject({ code: "being-applied" });
      world.advance(31_000);
      await settleOpenPlans(world.ports, rules);
      expect(stored(plan)?.state.kind).toBe("unknown");
      expect(await cancelPlan(world.ports, rules, click(plan, ADA))).toMatchObject({
        plan: { state: { kind: "superseded", why: "outcome-never-known", by: ADA } },
      });
    });

    it("is not taken for applied when somebody makes the same policy by hand much later", async () => {
      const plan = await neither();
      world.advance(3_600_000);
      world.policy = plan.proposal.after;
      await settleOpenPlans(world.ports, rules);
      expect(stored(plan)?.state.kind).toBe("unknown");
      world.otherWriters = [{ name: "Grace", id: GRACE.id, at: new Date(world.time).toISOString() }];
      await settleOpenPlans(world.ports, rules);
      expect(stored(plan)?.state.kind).toBe("applied");
    });
  });

  it("settles an unknown write that arrived late as applied", async () => {
    const plan = await propose();
    world.nextPatch = { effect: false, answer: { kind: "unclear", why: "timeout" } };
    await approve(plan);
    world.policy = plan.proposal.after;
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)).toMatchObject({ state: { kind: "applied", by: GRACE } });
  });

  it("leaves the plan open when the policy cannot be read before the write", async () => {
    const plan = await propose();
    world.readFault = new Fault("graph-unavailable", "503", { requestId: "graph-5" });
    expect(await approve(plan)).toMatchObject({ code: "not-written", fault: "graph-unavailable" });
    expect(world.patches).toHaveLength(0);
    expect(stored(plan)?.state.kind).toBe("waiting");
  });

  it("says on the outcome who else wrote the policy meanwhile, and does not count the approver's own write", async () => {
    const plan = await propose();
    const at = new Date(world.time + 10).toISOString();
    world.otherWriters = [
      { name: "Grace", at, id: GRACE.id },
      { name: "Eve", at },
    ];
    expect(await approve(plan)).toMatchObject({ plan: { state: { otherWriters: [{ name: "Eve" }] } } });
  });
});

describe("a plan that was being applied when the process died", () => {
  async function interrupted(written: boolean): Promise<Plan> {
    const plan = await propose();
    const state = {
      kind: "applying",
      by: GRACE,
      at: new Date(world.time).toISOString(),
      clientRequestId: "c",
    } as const;
    await world.ports.plans.replace({ ...plan, state }, []);
    if (written) world.policy = plan.proposal.after;
    return plan;
  }

  it("is applied if what it wanted is in force", async () => {
    const plan = await interrupted(true);
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)).toMatchObject({ state: { kind: "applied", by: GRACE } });
    expect(world.patches).toHaveLength(0);
  });

  it("is open again, to be approved anew, once nothing can be on its way any more", async () => {
    const plan = await interrupted(false);
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)?.state.kind).toBe("unknown");
    world.advance(31_000);
    await settleOpenPlans(world.ports, rules);
    expect(stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
  });
});

describe("rejecting and cancelling", () => {
  it("ends the plan with the reason, for everyone to see", async () => {
    const plan = await propose();
    expect(await rejectPlan(world.ports, rules, click(plan), "not before the audit")).toMatchObject({
      plan: { state: { kind: "rejected", by: GRACE, reason: "not before the audit" } },
    });
    expect(await approve(plan, JOAN)).toMatchObject({
      code: "already-decided",
      state: "rejected",
      by: GRACE,
    });
    expect(world.patches).toHaveLength(0);
  });

  it("lets the requester and an approver cancel, and nobody else", async () => {
    const plan = await propose();
    expect(await cancelPlan(world.ports, rules, click(plan, LINUS))).toMatchObject({
      code: "not-requester-nor-approver",
    });
    expect(await rejectPlan(world.ports, rules, click(plan, LINUS), "")).toMatchObject({
      code: "not-an-approver",
    });
    expect(await cancelPlan(world.ports, rules, click(plan, ADA))).toMatchObject({
      plan: { state: { kind: "cancelled" } },
    });
  });
});
