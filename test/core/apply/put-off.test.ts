import { beforeEach, describe, expect, it } from "vitest";
import { Fault, refuse } from "../../../src/core/errors.js";
import type { JsonObject } from "../../../src/core/json.js";
import type { Ports } from "../../../src/core/ports.js";
import { GRACE, JOAN } from "../fake-world.js";
import { ThrottledStory } from "./throttled-story.js";

let story: ThrottledStory;
beforeEach(() => {
  story = new ThrottledStory();
});

const forEver = Array.from({ length: 100 }, () => undefined);

describe("a write that Graph throttles", () => {
  it("is waited for as Graph asks, recorded anew, and sent again as another request", async () => {
    const plan = await story.propose();
    story.throttleWrites(20);
    const told: number[] = [];
    story.world.ports.graphWaits.watch((seconds) => told.push(seconds));
    const pressedAt = story.world.time;
    expect(await story.approve(plan)).toEqual(story.decided(plan));
    expect(story.stored(plan)).toMatchObject({ revision: 1, state: { kind: "applied", by: GRACE } });
    expect([story.waits, told]).toEqual([[20], [20]]);
    expect(story.events).toEqual([
      ...[
        "plan-approved",
        "write-intended",
        "write-put-off",
        "write-intended",
        "write-verified",
        "baseline-set",
      ],
    ]);
    const until = new Date(pressedAt + 20_000).toISOString();
    const [first, second] = story.world.patches;
    expect(first?.clientRequestId).not.toBe(second?.clientRequestId);
    expect(story.recorded("write-put-off")).toMatchObject({
      by: GRACE,
      revision: 1,
      detail: {
        clientRequestId: first?.clientRequestId,
        requestId: "g",
        fault: "write-throttled",
        why: "too many",
        until,
      },
    });
    expect(story.recorded("write-intended")?.detail.clientRequestId).toBe(second?.clientRequestId);
  });

  it("keeps the plan and its approval, and shows until when it waits; then it is as it was", async () => {
    const plan = await story.propose();
    story.throttleWrites(20);
    const at = story.now();
    const until = new Date(story.world.time + 20_000).toISOString();
    await story.approve(plan);
    const applying = story.world.announced.filter(({ state }) => state.kind === "applying");
    const putOff = { at, until, fault: "write-throttled" };
    expect(applying.map(({ state }) => ("putOff" in state ? state.putOff : undefined))).toEqual([
      ...[undefined, putOff, undefined],
    ]);
    for (const each of applying) expect(each.approvals).toHaveLength(1);
  });

  it("is sent a third and a fourth time", async () => {
    const plan = await story.propose();
    story.throttleWrites(2, 2, 2);
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.waits).toEqual([2, 2, 4]);
    expect(story.world.patches).toHaveLength(4);
  });

  it("is given up after a minute, with pauses that grow where Graph names none", async () => {
    const plan = await story.propose();
    story.throttleWrites(...forEver);
    expect(await story.approve(plan)).toEqual(
      refuse({ code: "not-written", planNumber: 1, fault: "write-throttled", requestId: "g" }),
    );
    expect(story.waits).toEqual([1, 2, 4, 8, 16]);
    expect(story.world.patches).toHaveLength(6);
    expect(story.stored(plan)).toMatchObject({
      revision: 1,
      approvals: [],
      state: { kind: "waiting" },
      note: { kind: "attempt-failed", fault: "write-throttled", approver: GRACE, why: "too many" },
    });
  });

  it.each([
    ["59 seconds", 59, 1],
    ["a minute", 60, 0],
    ["an hour", 3_600, 0],
  ])("for %s is waited for %#", async (_, seconds, waits) => {
    const plan = await story.propose();
    story.throttleWrites(seconds);
    const answer = await story.approve(plan);
    expect(story.waits).toHaveLength(waits);
    expect(answer).toMatchObject(waits === 1 ? { kind: "decided" } : { retryAfterSeconds: seconds });
  });

  it("is not waited for beyond the rights of the approver", async () => {
    const plan = await story.propose();
    story.throttleWrites(20);
    const { actAs } = story.world.ports;
    const rightsEnd = new Date(story.world.time + 40_000).toISOString();
    const onBehalfOf: Ports["actAs"]["onBehalfOf"] = async (assertion) => {
      const signedIn = await actAs.onBehalfOf(assertion);
      return "writer" in signedIn ? { ...signedIn, writer: { ...signedIn.writer, rightsEnd } } : signedIn;
    };
    Object.assign(story.world.ports, { actAs: { onBehalfOf } });
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", fault: "write-throttled" });
    expect(story.waits).toEqual([]);
  });

  it("is not waited for beyond the time of the plan", async () => {
    const plan = await story.propose();
    story.throttleWrites(20);
    story.world.time = Date.parse(plan.expiresAt) - 40_000;
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", fault: "write-throttled" });
    expect(story.waits).toEqual([]);
  });

  it("is sent by the last of several approvers; the others' approvals stay where it is given up", async () => {
    story.rules = { ...story.rules, approvalsRequired: 2 };
    const plan = await story.propose();
    await story.approve(plan, JOAN);
    story.throttleWrites(...forEver);
    await story.approve(plan, GRACE);
    expect(story.stored(plan)?.approvals.map(({ by }) => by)).toEqual([JOAN]);
    story.throttleWrites(5);
    await story.approve(plan, GRACE);
    expect(story.stored(plan)).toMatchObject({ state: { kind: "applied", by: GRACE } });
  });
});

describe("a store that fails while a write is put off", () => {
  it("is said, and the plan is settled by reading once the store is back", async () => {
    const plan = await story.propose();
    story.throttleWrites(20);
    const { beforePatch } = story.world;
    story.world.beforePatch = async () => {
      await beforePatch();
      story.world.store.auditBroken = true;
    };
    expect(await story.approve(plan)).toEqual(refuse({ code: "outcome-not-recorded", planNumber: 1 }));
    story.world.store.auditBroken = false;
    await story.afterwards();
    story.world.advance(31_000);
    await story.settle();
    expect(story.stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
    expect(story.world.patches).toHaveLength(1);
  });
});

describe("a policy that Graph puts off or is too slow for", () => {
  /** What each reading of the policy comes to, in order; then it is read as it is. */
  function readings(...faults: readonly (Fault | number | undefined)[]): (object | undefined)[] {
    const { tenant } = story.world.ports;
    const left = [...faults];
    const asked: (object | undefined)[] = [];
    const readPolicy = async (limit?: object): Promise<JsonObject> => {
      asked.push(limit);
      const next = left.shift();
      if (next instanceof Fault) throw next;
      story.world.advance(next ?? 0);
      return tenant.readPolicy();
    };
    Object.assign(story.world.ports, { tenant: { ...tenant, readPolicy } });
    return asked;
  }
  const throttled = new Fault("graph-throttled", "busy", { retryAfterSeconds: 10 });
  const slow = new Fault("graph-too-slow", "none within 10 s");

  /** Something is recorded between the press and the intent, so that the policy has to be read again after it. */
  function recordMeanwhile(): void {
    const { ports, store } = story.world;
    const { actAs } = ports;
    const onBehalfOf: Ports["actAs"]["onBehalfOf"] = async (assertion) => {
      await story.afterwards();
      const { tenantId } = story.rules;
      await store.audit.append({ tenantId, at: story.now(), event: "evidence-given", detail: {} });
      return actAs.onBehalfOf(assertion);
    };
    Object.assign(ports, { actAs: { onBehalfOf } });
  }

  it("while a write waits makes it wait on, which is shown and recorded too", async () => {
    const plan = await story.propose();
    story.throttleWrites(5);
    readings(undefined, throttled, slow);
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.waits).toEqual([5, 10, 4]);
    const faults = story
      .entries()
      .flatMap(({ event, detail }) => (event === "write-put-off" ? detail.fault : []));
    expect(faults).toEqual(["write-throttled", "graph-throttled", "graph-too-slow"]);
    expect(story.world.patches).toHaveLength(2);
  });

  it("while a write waits ends it where it fails in another way", async () => {
    const plan = await story.propose();
    story.throttleWrites(5);
    readings(undefined, new Fault("graph-denied", "no"));
    expect(await story.approve(plan)).toMatchObject({ code: "not-written", fault: "graph-denied" });
    expect(story.stored(plan)).toMatchObject({ state: { kind: "waiting" }, note: { fault: "graph-denied" } });
    expect(story.world.patches).toHaveLength(1);
  });

  it.each([
    ["throttled", throttled, 10],
    ["too slow", slow, 1],
  ])("right after the intent is %s: nothing is sent, and it is put off", async (_, fault, seconds) => {
    const plan = await story.propose();
    recordMeanwhile();
    const asked = readings(undefined, fault);
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.waits).toEqual([seconds]);
    expect(story.world.patches).toHaveLength(1);
    expect(asked.slice(0, 3)).toEqual([undefined, { withinMs: 7_000 }, undefined]);
  });

  it("takes more than ten seconds each time: it is said what to do, and nothing was sent", async () => {
    const plan = await story.propose();
    readings(...Array.from({ length: 9 }, () => slow));
    expect(await story.approve(plan)).toEqual(
      refuse({ code: "not-written", planNumber: 1, fault: "graph-too-slow" }),
    );
    expect(story.stored(plan)?.note).toMatchObject({ fault: "graph-too-slow" });
    expect(story.world.patches).toEqual([]);
  });

  it("takes eight seconds each time, and something is recorded at each press: it is written all the same", async () => {
    const plan = await story.propose();
    recordMeanwhile();
    readings(8_000, slow, 8_000);
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(story.world.patches).toHaveLength(1);
  });
});
