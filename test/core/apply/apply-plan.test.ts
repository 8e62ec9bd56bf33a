import { beforeEach, describe, expect, it } from "vitest";
import { Fault, type FaultCode } from "../../../src/core/errors.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import type { Ports } from "../../../src/core/ports.js";
import { GRACE, JOAN } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

const refusal = (code: string, about: object = {}) => ({ kind: "refusal", code, ...about });
const notWritten = (fault: FaultCode, about: object = {}) =>
  refusal("not-written", { planNumber: 1, fault, ...about });
/** What the press came to: the plan as it is stored now. */
const decided = (plan: Plan) => ({ kind: "decided", plan: story.stored(plan) });
/** The plan as it is open again after an attempt by Grace that wrote nothing. */
const openAsBefore = (plan: Plan, why: string, ids: object = {}): Plan => ({
  ...plan,
  version: 3,
  note: { kind: "attempt-failed", at: story.now(), approver: GRACE, why, ...ids },
});

describe("the policy moved since the plan was made", () => {
  it("is planned again as a new revision, and nothing is written", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    expect(await story.approve(plan)).toEqual(decided(plan));
    const { proposal } = story.stored(plan) as Plan;
    expect(story.stored(plan)).toEqual({
      ...plan,
      revision: 2,
      version: 3,
      note: { kind: "policy-moved", at: story.now(), approver: GRACE },
      proposal,
    });
    expect(proposal.before).toEqual(story.world.policy);
    expect(proposal.changes).toContainEqual({ setting: "self-service", before: false, after: true });
    expect(story.world.patches).toHaveLength(0);
    expect(await story.approve(plan, JOAN)).toEqual(
      refusal("stale-revision", { planNumber: 1, revision: 2 }),
    );
  });

  it("ends the plan when there is nothing left to do", async () => {
    const plan = await story.propose();
    story.world.policy = plan.proposal.after;
    const approvals = [story.approval(plan, GRACE)];
    const state = { kind: "superseded", at: story.now(), why: "already-in-force" } as const;
    expect(await story.approve(plan)).toEqual({
      kind: "decided",
      plan: { ...plan, version: 3, approvals, state },
    });
    expect(story.world.patches).toHaveLength(0);
  });

  it("counts a change in a property this version does not know", async () => {
    const plan = await story.propose();
    story.world.policy = { ...story.world.policy, somethingNew: true };
    expect(await story.approve(plan)).toEqual(decided(plan));
    expect(story.stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
    expect(story.world.patches).toHaveLength(0);
  });
});

describe("what Graph answers", () => {
  const declined = (status: number) => ({
    effect: false,
    answer: { kind: "declined", status, code: "x", message: "no", requestId: "graph-9" } as const,
  });

  it.each<[number, FaultCode]>([
    [401, "graph-unauthorized"],
    [403, "graph-denied"],
    [409, "graph-conflict"],
    [412, "graph-conflict"],
    [429, "graph-throttled"],
    [503, "graph-unavailable"],
  ])("leaves the plan open in its revision after %i", async (status, fault) => {
    const plan = await story.propose();
    story.world.nextPatch = declined(status);
    expect(await story.approve(plan)).toEqual(notWritten(fault, { requestId: "graph-9" }));
    expect(story.stored(plan)).toEqual(openAsBefore(plan, "no", { requestId: "graph-9" }));
    story.world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    expect(await story.approve(plan, JOAN)).toEqual(decided(plan));
    expect(story.stored(plan)?.state).toMatchObject({ kind: "applied", by: JOAN });
  });

  it("passes on how long Graph wants to be left alone", async () => {
    const plan = await story.propose();
    const { answer } = declined(429);
    story.world.nextPatch = { effect: false, answer: { ...answer, retryAfterSeconds: 0 } };
    expect(await story.approve(plan)).toEqual(
      notWritten("graph-throttled", { requestId: "graph-9", retryAfterSeconds: 0 }),
    );
  });

  it("says applied after 503 when reading shows that it was written", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { ...declined(503), effect: true };
    expect(await story.approve(plan)).toEqual(decided(plan));
    expect(story.stored(plan)?.state).toMatchObject({ kind: "applied", by: GRACE });
    expect(story.world.patches).toHaveLength(1);
  });

  it.each([400, 404])("ends the plan as refused after %i", async (status) => {
    const plan = await story.propose();
    const approvals = [story.approval(plan, GRACE)];
    story.world.nextPatch = declined(status);
    const state = {
      kind: "refused",
      by: GRACE,
      at: story.now(),
      status,
      message: "no",
      requestId: "graph-9",
    } as const;
    expect(await story.approve(plan)).toEqual({
      kind: "decided",
      plan: { ...plan, version: 3, approvals, state },
    });
  });

  it.each([409, 412])("plans again after %i when somebody else wrote", async (status) => {
    const plan = await story.propose();
    story.world.nextPatch = declined(status);
    story.world.beforePatch = () => {
      story.world.policy = { ...story.world.policy, isAttestationEnforced: false };
    };
    expect(await story.approve(plan)).toEqual(decided(plan));
    const { proposal } = story.stored(plan) as Plan;
    expect(story.stored(plan)).toEqual({
      ...plan,
      revision: 2,
      version: 3,
      note: { kind: "policy-moved", at: story.now(), approver: GRACE },
      proposal,
    });
    expect(proposal.before).toEqual(story.world.policy);
  });

  it("leaves the plan open after 409 when nobody can tell whether somebody else wrote", async () => {
    const plan = await story.propose();
    story.world.nextPatch = declined(409);
    story.world.beforePatch = () => {
      story.world.readFault = new Fault("graph-unavailable", "503");
    };
    expect(await story.approve(plan)).toEqual(notWritten("graph-conflict", { requestId: "graph-9" }));
    expect(story.stored(plan)).toEqual(openAsBefore(plan, "no", { requestId: "graph-9" }));
  });

  it("does not call 204 without effect a success: open again as a new revision", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "accepted", requestId: "graph-3" } };
    expect(await story.approve(plan)).toEqual(decided(plan));
    const note = { kind: "no-effect", at: story.now(), approver: GRACE, requestId: "graph-3" } as const;
    expect(story.stored(plan)).toEqual({ ...plan, revision: 2, version: 3, note });
    expect(story.world.patches).toHaveLength(1);
  });

  it("waits for a write that takes seconds to be visible", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "accepted", requestId: "graph-4" } };
    let looks = 0;
    story.world.onSleep = () => {
      if (++looks === 3) story.world.policy = plan.proposal.after;
    };
    expect(await story.approve(plan)).toEqual(decided(plan));
    expect(story.stored(plan)?.state.kind).toBe("applied");
  });

  it("ends as applied when the connection dropped after the write, with one PATCH", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: true, answer: { kind: "unclear", why: "socket hang up" } };
    expect(await story.approve(plan)).toEqual(decided(plan));
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.world.patches).toHaveLength(1);
  });

  it("leaves the plan open when the policy cannot be read before the write", async () => {
    const plan = await story.propose();
    story.world.readFault = new Fault("graph-unavailable", "503", { requestId: "graph-5" });
    expect(await story.approve(plan)).toEqual(notWritten("graph-unavailable", { requestId: "graph-5" }));
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(openAsBefore(plan, "503", { requestId: "graph-5" }));
  });

  it("leaves the plan open when the scan that it rests on cannot be read before the write", async () => {
    story.world.policy = legacyPolicy();
    const plan = await story.propose();
    const narrowing = { ...plan.proposal, impact: { ...plan.proposal.impact, narrows: true } };
    story.world.store.plansByNumber.set(1, { ...plan, proposal: narrowing });
    story.world.store.scans.latest = () => Promise.reject(new Fault("store-unavailable", "locked"));
    expect(await story.approve(plan)).toEqual(notWritten("store-unavailable"));
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(openAsBefore({ ...plan, proposal: narrowing }, "locked"));
  });

  it("is logged with both ids", async () => {
    await story.approve(await story.propose());
    expect(story.world.noted).toContainEqual({
      event: "policy-write-answered",
      plan: 1,
      clientRequestId: "id-2",
      kind: "accepted",
      requestId: "graph-1",
    });
  });

  it("is not confused with a mistake in this program", async () => {
    const plan = await story.propose();
    const { tenant } = story.world.ports;
    const readPolicy = () => Promise.reject(new TypeError("a mistake"));
    Object.assign(story.world.ports, { tenant: { ...tenant, readPolicy } });
    await expect(story.approve(plan)).rejects.toThrow("a mistake");
    expect(story.world.patches).toHaveLength(0);
  });

  it("says on the outcome who else wrote the policy meanwhile, and does not count the approver's own write", async () => {
    const plan = await story.propose();
    const at = new Date(story.world.time + 10).toISOString();
    story.world.otherWriters = [
      { name: "Grace", at, id: GRACE.id },
      { name: "Eve", at },
    ];
    expect(await story.approve(plan)).toEqual(decided(plan));
    expect(story.stored(plan)?.state).toEqual({
      kind: "applied",
      by: GRACE,
      at: story.now(),
      clientRequestId: "id-2",
      requestId: "graph-1",
      otherWriters: [{ name: "Eve", at }],
    });
  });
});

describe("an outcome that cannot be stored", () => {
  /** Storing the outcome fails like this, and finding the plan right afterwards comes to that. */
  function failWith(error: Error, find: Ports["plans"]["find"]): void {
    const { ports, store } = story.world;
    const replace: Ports["plans"]["replace"] = async (...change) => {
      if (change[0].state.kind === "applying") return store.plans.replace(...change);
      Object.assign(ports.plans, { replace: store.plans.replace, find: once });
      throw error;
    };
    const once: typeof find = (...which) => {
      ports.plans.find = store.plans.find;
      return find(...which);
    };
    Object.assign(ports, { plans: { ...ports.plans, replace } });
  }
  const lost = new Fault("store-unavailable", "the connection was lost");

  it.each<[string, Ports["plans"]["find"]]>([
    ["cannot be read either", () => Promise.reject(lost)],
    ["is not there any more", async () => undefined],
    ["is as it was", async () => story.world.store.plansByNumber.get(1)],
  ])("is said to be that, and logged with both ids, when the plan %s", async (_, find) => {
    const plan = await story.propose();
    failWith(lost, find);
    expect(await story.approve(plan)).toEqual(refusal("outcome-not-recorded", { planNumber: 1 }));
    expect(story.world.patches).toHaveLength(1);
    expect(story.world.errors).toEqual([
      {
        event: "outcome-not-recorded",
        plan: 1,
        clientRequestId: "id-2",
        kind: "accepted",
        requestId: "graph-1",
        error: lost,
      },
    ]);
  });

  it.each([new TypeError("a mistake"), new Fault("policy-unreadable", "no state")])(
    "is not taken for a store that is down when something else is wrong: %s",
    async (error) => {
      const plan = await story.propose();
      failWith(error, story.world.store.plans.find);
      await expect(story.approve(plan)).rejects.toThrow(error);
    },
  );
});

describe("a write that would come late", () => {
  it.each(["the machine slept", "the clock was set back"])("is not sent: %s", async (what) => {
    const plan = await story.propose();
    const { ports } = story.world;
    const readPolicy = async () => {
      story.world.advance(what === "the machine slept" ? 9_000 : -9_000);
      return story.world.policy;
    };
    Object.assign(ports, { tenant: { ...ports.tenant, readPolicy } });
    expect(await story.approve(plan)).toEqual(notWritten("too-late"));
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(
      openAsBefore(plan, "It took too long to get ready to send the change."),
    );
    expect(story.world.noted).toContainEqual({
      event: "write-too-late",
      plan: 1,
      clientRequestId: "id-2",
    });
  });

  it("is sent 7,999 ms after the intent, and not after 8,000 ms", async () => {
    const plan = await story.propose();
    const { tenant } = story.world.ports;
    let takes = 8_000;
    const readPolicy = async () => {
      story.world.advance(takes);
      return tenant.readPolicy();
    };
    Object.assign(story.world.ports, { tenant: { ...tenant, readPolicy } });
    expect(await story.approve(plan)).toEqual(notWritten("too-late"));
    expect(story.world.patches).toHaveLength(0);
    takes = 7_999;
    expect(await story.approve(plan)).toEqual(decided(plan));
    expect(story.world.patches).toHaveLength(1);
  });

  it("counts the time it takes to store the intent, and not the time it takes to sign in", async () => {
    const plan = await story.propose();
    const { actAs, plans } = story.world.ports;
    const slowSignIn: Ports["actAs"] = {
      onBehalfOf: async (assertion) => {
        story.world.advance(8_000);
        return actAs.onBehalfOf(assertion);
      },
    };
    let storing = 8_000;
    const replace: Ports["plans"]["replace"] = async (...change) => {
      const stored = await plans.replace(...change);
      if (change[0].state.kind === "applying") story.world.advance(storing);
      return stored;
    };
    Object.assign(story.world.ports, { actAs: slowSignIn, plans: { ...plans, replace } });
    expect(await story.approve(plan)).toEqual(notWritten("too-late"));
    expect(story.world.patches).toHaveLength(0);
    storing = 0;
    expect(await story.approve(plan)).toEqual(decided(plan));
    expect(story.world.patches).toHaveLength(1);
  });

  it("is not sent either when nobody can tell whether one of another plan may arrive", async () => {
    const plan = await story.propose();
    const { ports, store } = story.world;
    let looks = 0;
    const open: Ports["plans"]["open"] = async (tenant) => {
      looks += 1;
      if (looks === 2) throw new Fault("store-unavailable", "locked");
      return store.plans.open(tenant);
    };
    Object.assign(ports, { plans: { ...ports.plans, open } });
    expect(await story.approve(plan)).toEqual(notWritten("store-unavailable"));
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(openAsBefore(plan, "locked"));
  });

  it("is not sent either while one of another plan may arrive that became unknown right before", async () => {
    const other = await story.propose();
    const plan = await story.propose();
    const { ports, store } = story.world;
    const at = ports.clock.now().toISOString();
    const lostSight = { replica: ports.replicas.self, elapsed: ports.clock.elapsed() };
    const lost = { kind: "unknown", by: JOAN, at, lostSight, clientRequestId: "c", seen: "nothing" } as const;
    const open = async () => {
      const before = await store.plans.open(plan.tenantId);
      store.plansByNumber.set(other.number, { ...other, state: lost });
      return before;
    };
    Object.assign(ports, { plans: { ...ports.plans, open } });
    expect(await story.approve(plan)).toEqual({ ...notWritten("graph-conflict"), planNumber: 2 });
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(openAsBefore(plan, "The write of another plan may still arrive."));
  });
});
