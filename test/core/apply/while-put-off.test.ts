import { beforeEach, describe, expect, it } from "vitest";
import { settleOpenPlans } from "../../../src/core/apply/settle-open-plans.js";
import { approvePlan } from "../../../src/core/approval/approve-plan.js";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import { Fault, refuse } from "../../../src/core/errors.js";
import { replicaId } from "../../../src/core/person.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import type { Ports } from "../../../src/core/ports.js";
import { ADA, ASSERTION, GRACE, JOAN, LINUS, ROOM } from "../fake-world.js";
import { ICLOUD, legacyPolicy, YUBIKEY_5_NFC } from "../policy/sample-policies.js";
import { ThrottledStory } from "./throttled-story.js";

let story: ThrottledStory;
beforeEach(() => {
  story = new ThrottledStory();
  story.throttleWrites(20);
});

/** Another process on the same store. @param isGone whether it takes the one that waits for gone */
function another(isGone = false): Ports {
  const { ports } = story.world;
  const replicas = { ...ports.replicas, self: replicaId("another"), isGone: async () => isGone };
  return { ...ports, replicas, inHand: new Set() };
}

describe("while a write waits for Graph", () => {
  it("a policy that is edited makes a new revision of it, and is not written over", async () => {
    const plan = await story.propose();
    story.duringWait = () => {
      story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)).toMatchObject({
      revision: 2,
      approvals: [],
      state: { kind: "waiting" },
      note: { kind: "policy-moved", approver: GRACE },
    });
    expect(story.world.patches).toHaveLength(1);
    expect(story.world.policy.isSelfServiceRegistrationAllowed).toBe(false);
  });

  it("a policy that becomes what was wanted ends the plan", async () => {
    const plan = await story.propose();
    story.duringWait = () => {
      story.world.policy = plan.proposal.after;
    };
    await story.approve(plan);
    expect(story.stored(plan)?.state).toMatchObject({ kind: "superseded", why: "already-in-force" });
    expect(story.world.patches).toHaveLength(1);
  });

  it("who loses the role writes nothing any more, and the plan is open", async () => {
    const plan = await story.propose();
    story.duringWait = () => void story.world.roles.set(GRACE.id, []);
    expect(await story.approve(plan)).toMatchObject({ kind: "refusal", code: "not-an-approver" });
    expect(story.stored(plan)).toMatchObject({
      approvals: [],
      state: { kind: "waiting" },
      note: { kind: "attempt-failed", why: expect.stringContaining("changed while Graph had Latchkey wait") },
    });
    expect(story.world.patches).toHaveLength(1);
  });

  it("an emergency account that would be cut off by now stops it", async () => {
    story.world.policy = legacyPolicy();
    story.world.passkeys.set("breakglass", [YUBIKEY_5_NFC as Aaguid]);
    story.rules = { ...story.rules, emergencyAccounts: ["breakglass"] };
    const plan = await story.propose();
    story.duringWait = () => void story.world.passkeys.set("breakglass", [ICLOUD as Aaguid]);
    expect(await story.approve(plan)).toMatchObject({ kind: "refusal", code: "emergency-account-cut-off" });
    expect(story.stored(plan)).toMatchObject({ approvals: [], state: { kind: "waiting" } });
    expect(story.world.patches).toHaveLength(1);
  });

  it("roles that Graph is too busy to tell are waited for as well", async () => {
    const plan = await story.propose();
    const { activeRoles } = story.world.ports.directory;
    let refusals = 2;
    const busy = new Fault("graph-throttled", "busy", { retryAfterSeconds: 7 });
    const roles: typeof activeRoles = async (person) => {
      if (story.waits.length > 0 && refusals-- > 0) throw busy;
      return activeRoles(person);
    };
    Object.assign(story.world.ports.directory, { activeRoles: roles });
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.waits).toEqual([20, 7]);
    expect(story.world.patches).toHaveLength(2);
  });

  it("rules that become stricter count", async () => {
    const plan = await story.propose();
    const given = story.rules;
    let needed = 1;
    story.rules = {
      ...given,
      get approvalsRequired() {
        return needed;
      },
    };
    story.duringWait = () => {
      needed = 2;
    };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)).toMatchObject({ approvals: [], state: { kind: "waiting" } });
    expect(story.world.patches).toHaveLength(1);
  });

  it("the requester may cancel it: nothing is sent, and the approver learns who did", async () => {
    const plan = await story.propose();
    story.duringWait = async () => {
      const typed = { planNumber: 1, person: ADA, conversation: ROOM };
      expect(await cancelPlan(story.world.ports, story.rules, typed)).toMatchObject({ kind: "decided" });
    };
    expect(await story.approve(plan)).toEqual(
      refuse({ code: "already-decided", planNumber: 1, state: "cancelled", by: ADA }),
    );
    expect(story.stored(plan)?.state).toEqual({ kind: "cancelled", by: ADA, at: expect.any(String) });
    expect(story.world.patches).toHaveLength(1);
  });

  it("another approver may reject it, and who is none may not", async () => {
    const plan = await story.propose();
    const { ports } = story.world;
    story.duringWait = async () => {
      const asLinus = await rejectPlan(ports, story.rules, story.click(plan, LINUS), "no");
      expect(asLinus).toMatchObject({ code: "not-an-approver" });
      expect(await rejectPlan(ports, story.rules, story.click(plan, JOAN), "no")).toMatchObject({
        kind: "decided",
      });
    };
    expect(await story.approve(plan)).toMatchObject({ code: "already-decided", by: JOAN });
    expect(story.stored(plan)?.state).toMatchObject({ kind: "rejected", by: JOAN, reason: "no" });
    expect(story.world.patches).toHaveLength(1);
  });

  it("another approval is answered with what it waits for, and another plan is not written", async () => {
    const plan = await story.propose();
    const other = await story.propose(ADA, ["ios"]);
    story.duringWait = async () => {
      expect(await story.approve(plan, JOAN)).toEqual(
        refuse({ code: "being-applied", planNumber: 1, by: GRACE, isPutOff: true }),
      );
      expect(await story.approve(other, JOAN)).toMatchObject({ code: "tenant-busy" });
    };
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.world.patches).toHaveLength(2);
  });

  it("other processes leave it alone as long as this one lives", async () => {
    const plan = await story.propose();
    story.duringWait = async () => {
      await settleOpenPlans(another(), story.rules);
      await settleOpenPlans(story.world.ports, story.rules);
      expect(story.stored(plan)?.state).toHaveProperty("putOff");
    };
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
  });

  it("a process that takes this one for gone opens it at once, in the same revision; this one sends nothing then", async () => {
    const plan = await story.propose();
    story.duringWait = async () => {
      await settleOpenPlans(another(true), story.rules);
      expect(story.stored(plan)).toMatchObject({
        revision: 1,
        approvals: [],
        state: { kind: "waiting" },
        note: { kind: "attempt-failed", fault: "wait-interrupted", approver: GRACE },
      });
    };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state.kind).toBe("waiting");
    expect(story.world.patches).toHaveLength(1);
  });

  it("a process that takes this one for gone may have it approved and written anew; it is written once", async () => {
    const plan = await story.propose();
    story.duringWait = async () => {
      story.duringWait = () => {};
      const theirs = another(true);
      await settleOpenPlans(theirs, story.rules);
      await approvePlan(theirs, story.rules, story.click(plan, JOAN), ASSERTION);
    };
    expect(await story.approve(plan)).toMatchObject({ code: "already-decided", state: "applied", by: JOAN });
    expect(story.stored(plan)?.state).toMatchObject({ kind: "applied", by: JOAN });
    expect(story.world.patches).toHaveLength(2);
  });

  it("a process that found the write unknown before this one could say that it was put off gets that answer", async () => {
    const plan = await story.propose();
    const { beforePatch } = story.world;
    story.world.beforePatch = async () => {
      await beforePatch();
      await settleOpenPlans(another(true), story.rules);
      expect(story.stored(plan)?.state.kind).toBe("unknown");
    };
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", fault: "write-throttled" });
    expect(story.stored(plan)).toMatchObject({ revision: 1, state: { kind: "waiting" } });
    expect(story.waits).toEqual([]);
  });
});
