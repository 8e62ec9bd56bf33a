import { beforeEach, describe, expect, it } from "vitest";
import { Fault, type FaultCode, refuse, type WriteFaultCode } from "../../../src/core/errors.js";
import type { Plan } from "../../../src/core/plan/plan.js";
import { GRACE, JOAN } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
beforeEach(() => {
  story = new PlanStory();
});

const notWritten = (fault: FaultCode | WriteFaultCode, about: object = {}) =>
  refuse({ code: "not-written", planNumber: 1, fault, ...about });

describe("what Graph answers", () => {
  const declined = (status: number) => ({
    effect: false,
    answer: { kind: "declined", status, code: "x", message: "no", requestId: "graph-9" } as const,
  });

  it.each<[number, WriteFaultCode]>([
    [401, "write-unauthorized"],
    [403, "write-denied"],
    [409, "write-conflict"],
    [412, "write-conflict"],
    [503, "write-unavailable"],
  ])("leaves the plan open in its revision after %i", async (status, fault) => {
    const plan = await story.propose();
    story.world.nextPatch = declined(status);
    expect(await story.approve(plan)).toEqual(notWritten(fault, { requestId: "graph-9" }));
    expect(story.stored(plan)).toEqual(story.openAsBefore(plan, [fault, "no"], { requestId: "graph-9" }));
    story.world.nextPatch = { effect: true, answer: { kind: "accepted" } };
    expect(await story.approve(plan, JOAN)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state).toMatchObject({ kind: "applied", by: JOAN });
  });

  it("passes on how long Graph wants to be left alone", async () => {
    const plan = await story.propose();
    const { answer } = declined(503);
    story.world.nextPatch = { effect: false, answer: { ...answer, retryAfterSeconds: 0 } };
    expect(await story.approve(plan)).toEqual(
      notWritten("write-unavailable", { requestId: "graph-9", retryAfterSeconds: 0 }),
    );
    story.world.nextPatch = declined(503);
    expect(await story.approve(plan)).not.toHaveProperty("retryAfterSeconds");
  });

  it("says applied after 503 when reading shows that it was written", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { ...declined(503), effect: true };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
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
    expect(await story.approve(plan)).toEqual(story.decided(plan));
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
    expect(await story.approve(plan)).toEqual(notWritten("write-conflict", { requestId: "graph-9" }));
    expect(story.stored(plan)).toEqual(
      story.openAsBefore(plan, ["write-conflict", "no"], { requestId: "graph-9" }),
    );
  });

  it("does not call 204 without effect a success: open again as a new revision", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: false, answer: { kind: "accepted", requestId: "graph-3" } };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
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
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state.kind).toBe("applied");
  });

  it("ends as applied when the connection dropped after the write, with one PATCH", async () => {
    const plan = await story.propose();
    story.world.nextPatch = { effect: true, answer: { kind: "unclear", why: "socket hang up" } };
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.world.patches).toHaveLength(1);
  });

  it.each<FaultCode>([
    "graph-denied",
    "graph-unauthorized",
    "graph-throttled",
    "graph-unavailable",
    "graph-unreachable",
    "app-sign-in-failed",
    "app-consent-missing",
    "entra-unavailable",
  ])(
    "leaves the plan open when the app cannot read the policy before the write, as what it is: %s",
    async (code) => {
      const plan = await story.propose();
      story.world.readFault = new Fault(code, "no", { requestId: "graph-5" });
      expect(await story.approve(plan)).toEqual(notWritten(code, { requestId: "graph-5" }));
      expect(story.world.patches).toHaveLength(0);
      expect(story.stored(plan)).toEqual(story.openAsBefore(plan, [code, "no"], { requestId: "graph-5" }));
    },
  );

  it("leaves the plan open when the scan that it rests on cannot be read before the write", async () => {
    story.world.policy = legacyPolicy();
    const plan = await story.propose();
    const narrowing = { ...plan.proposal, impact: { ...plan.proposal.impact, narrows: true } };
    story.world.store.plansByNumber.set(1, { ...plan, proposal: narrowing });
    story.world.store.scans.latest = () => Promise.reject(new Fault("store-unavailable", "locked"));
    expect(await story.approve(plan)).toEqual(notWritten("store-unavailable"));
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(
      story.openAsBefore({ ...plan, proposal: narrowing }, ["store-unavailable", "locked"]),
    );
  });

  it("is logged with both ids, and so is what came of it", async () => {
    await story.approve(await story.propose());
    expect(story.world.noted).toContainEqual({
      event: "policy-write-answered",
      plan: 1,
      clientRequestId: "id-2",
      kind: "accepted",
      requestId: "graph-1",
    });
    expect(story.world.noted).toContainEqual({
      event: "write-verified",
      plan: 1,
      revision: 1,
      requestId: "graph-1",
      clientRequestId: "id-2",
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
    const applied = {
      kind: "applied",
      by: GRACE,
      at: story.now(),
      clientRequestId: "id-2",
      requestId: "graph-1",
    };
    // Who approved hears of the outcome before the audit log is asked.
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { ...applied, otherWriters: [] } } });
    await story.afterwards();
    expect(story.stored(plan)?.state).toEqual({ ...applied, otherWriters: [{ name: "Eve", at }] });
    expect(story.world.announced.at(-1)).toEqual(story.stored(plan));
  });
});
