import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../src/core/errors.js";
import type { Ports } from "../../../src/core/ports.js";
import { GRACE } from "../fake-world.js";
import { PlanStory } from "./plan-story.js";

let story: PlanStory;
let readings: number;
beforeEach(() => {
  story = new PlanStory();
  readings = 0;
});

/** Counts readings of the policy until the PATCH; what happens in the middle of an approval happens in its sign-in. */
function during(signIn: () => void | Promise<void>): void {
  const { actAs, tenant } = story.world.ports;
  const onBehalfOf: Ports["actAs"]["onBehalfOf"] = async (assertion) => {
    // Whatever was asked for beside it has its answer.
    await story.afterwards();
    await signIn();
    return actAs.onBehalfOf(assertion);
  };
  const readPolicy = async () => {
    readings += 1;
    return tenant.readPolicy();
  };
  Object.assign(story.world.ports, { actAs: { onBehalfOf }, tenant: { ...tenant, readPolicy } });
}

/** How often the policy was read before the PATCH: the last reading is the one after it. */
const readBefore = () => readings - 1;

describe("the policy that was read when the button was pressed", () => {
  it("stands for the policy right before the write, if the answer is younger than two seconds", async () => {
    const plan = await story.propose();
    during(() => story.world.advance(1_999));
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(readBefore()).toBe(1);
  });

  it("is read again when it is older, before anything is recorded", async () => {
    const plan = await story.propose();
    during(() => {
      story.world.advance(2_000);
      story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    });
    await story.approve(plan);
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
    expect(readings).toBe(2);
  });

  it("is read again when anything was recorded since: it may have been a write of ours", async () => {
    const plan = await story.propose();
    during(async () => {
      const { tenantId } = plan;
      await story.world.store.audit.append({
        tenantId,
        at: story.now(),
        event: "evidence-given",
        detail: {},
      });
      story.world.policy = { ...story.world.policy, isSelfServiceRegistrationAllowed: false };
    });
    await story.approve(plan);
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toMatchObject({ revision: 2, state: { kind: "waiting" } });
  });

  it("opens the plan again when it could not be read, and says why", async () => {
    const plan = await story.propose();
    story.world.readFault = new Fault("graph-unreachable", "nobody there");
    await story.approve(plan);
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toEqual(story.openAsBefore(plan, ["graph-unreachable", "nobody there"]));
  });
});

describe("a policy that Graph puts off", () => {
  /** Graph answers the next readings like this, and then as it should. */
  function nextReadings(...faults: (Fault | number)[]): void {
    const { tenant } = story.world.ports;
    const readPolicy = async () => {
      readings += 1;
      const next = faults.shift();
      if (next instanceof Fault) throw next;
      story.world.advance(next ?? 0);
      return tenant.readPolicy();
    };
    Object.assign(story.world.ports, { tenant: { ...tenant, readPolicy } });
  }
  const throttled = (retryAfterSeconds: number) =>
    new Fault("graph-throttled", "too many requests", { retryAfterSeconds });

  it("is waited for as Graph asks, before anything is recorded, and said to those who keep a person waiting", async () => {
    const plan = await story.propose();
    nextReadings(throttled(20), throttled(15));
    const told: number[] = [];
    story.world.ports.graphWaits.watch((seconds) => told.push(seconds));
    const pressed = story.world.time;
    await story.approve(plan);
    expect(told).toEqual([20, 15]);
    expect(story.stored(plan)?.state).toMatchObject({ kind: "applied" });
    expect(Date.parse(story.recorded("write-intended")?.at ?? "") - pressed).toBe(35_000);
    expect(story.world.patches).toHaveLength(1);
  });

  it("is not waited for longer than a minute in all: the plan is open again and says so", async () => {
    const plan = await story.propose();
    nextReadings(throttled(30), throttled(30));
    await story.approve(plan);
    expect(story.world.patches).toHaveLength(0);
    expect(story.stored(plan)).toMatchObject({
      state: { kind: "waiting" },
      note: { kind: "attempt-failed", fault: "graph-throttled" },
    });
  });

  it("is read once more when the waits within one reading took longer than a request may", async () => {
    const plan = await story.propose();
    nextReadings(11_000);
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(readBefore()).toBe(2);
  });

  it("may take eight seconds each time", async () => {
    const plan = await story.propose();
    nextReadings(8_000);
    await story.approve(plan);
    expect(story.stored(plan)?.state.kind).toBe("applied");
    expect(readBefore()).toBe(1);
  });
});

describe("what is asked for side by side", () => {
  it("is dropped when the roles say no: who may not approve gets that for an answer, and nothing is on record", async () => {
    const plan = await story.propose();
    const recorded = story.entries().length;
    story.world.roles.set(GRACE.id, []);
    story.world.signInProblem = "consent-missing";
    expect(await story.approve(plan)).toMatchObject({ kind: "refusal", code: "not-an-approver" });
    expect(story.entries()).toHaveLength(recorded);
    expect(story.world.patches).toHaveLength(0);
  });
});
