import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GraphFault } from "../../simulators/graph/fault-board.js";
import { samplePolicy } from "../../simulators/tenant/sample-policies.js";
import type { JsonObject } from "../../src/core/json.js";
import { comparablePolicy } from "../../src/core/policy/comparable-policy.js";
import type { LabReport } from "../../src/lab/report.js";
import { LabStage } from "./lab-stage.js";

let stage: LabStage;
let asked = 0;
/** Struck from the request of this number on. */
let strikes: { readonly from: number; readonly fault: GraphFault } | undefined;

beforeAll(async () => {
  const hold = async () => {
    asked += 1;
    if (strikes !== undefined && asked === strikes.from - 1)
      stage.simulators.graph.faults.next(strikes.fault);
  };
  stage = await LabStage.begin({}, { hold });
});
afterAll(() => stage.end());
beforeEach(async () => {
  await stage.journal.remove();
  asked = 0;
  strikes = undefined;
  stage.simulators.graph.faults.clear();
  stage.simulators.tenant.policy = samplePolicy("profiles");
});

const policy = () => comparablePolicy(stage.simulators.tenant.policy as unknown as JsonObject);
const AS_IT_WAS = comparablePolicy(samplePolicy("profiles") as unknown as JsonObject);

/** The first request is spared: a hold counts it before a fault can be put up for the next. */
async function runStruck(from: number, fault: GraphFault): Promise<LabReport["policy"]["kind"] | "no run"> {
  strikes = { from, fault };
  const outcome = await stage.run().catch((error: unknown) => {
    if (error instanceof Error && error.name === "Fault") return { kind: "refused" as const };
    throw error;
  });
  return outcome.kind === "ran" ? outcome.report.policy.kind : "no run";
}

async function requestsOfARun(): Promise<number> {
  await stage.report();
  return asked;
}

/** Every step is struck by some of the faults; by each of them with `LATCHKEY_TEST_MUTATIONS=all`. */
const EVERY = process.env.LATCHKEY_TEST_MUTATIONS === "all" ? 1 : 5;
const stepsFrom = (kind: number, requests: number): readonly number[] =>
  Array.from({ length: requests - 1 }, (_, index) => index + 2).filter(
    (step) => step % EVERY === kind % EVERY,
  );

const ONCE: readonly (readonly [string, GraphFault])[] = [
  ["throttled once", { status: 429, retryAfter: 7 }],
  ["503 once", { status: 503 }],
  ["403 once", { status: 403 }],
  ["cut off after the work", { drop: "after" }],
  ["answered by half a text", { truncate: true }],
];

const FOR_GOOD: readonly (readonly [string, GraphFault])[] = [
  ["503", { status: 503, times: Number.POSITIVE_INFINITY }],
  ["403", { status: 403, times: Number.POSITIVE_INFINITY }],
  ["cut off after the work", { drop: "after", times: Number.POSITIVE_INFINITY }],
];

describe("at each of its requests, the lab bears it to be", () => {
  it.each(ONCE)("%s: the policy is as it was, and it says so", async (kind, fault) => {
    const requests = await requestsOfARun();
    expect(requests).toBeGreaterThan(30);
    for (const from of stepsFrom(
      ONCE.findIndex(([name]) => name === kind),
      requests,
    )) {
      asked = 0;
      stage.simulators.graph.faults.clear();
      const end = await runStruck(from, fault);
      if (end === "not-back") {
        // What is refused for want of a right is not asked again.
        expect(fault.status, `request ${from}`).toBe(403);
        stage.simulators.graph.faults.clear();
        expect(await stage.restore(), `request ${from}`).toEqual({ kind: "back" });
      }
      expect(policy(), `request ${from}`).toEqual(AS_IT_WAS);
      expect(await stage.journal.read(), `request ${from}`).toBeUndefined();
    }
  });

  it.each(FOR_GOOD)("%s from then on: what it cannot put back, restore does", async (kind, fault) => {
    const requests = await requestsOfARun();
    const ends = new Set<string>();
    for (const from of stepsFrom(
      FOR_GOOD.findIndex(([name]) => name === kind),
      requests,
    )) {
      asked = 0;
      stage.simulators.graph.faults.clear();
      const end = await runStruck(from, fault);
      ends.add(end);
      const stands = (await stage.journal.read()) !== undefined;
      expect(stands, `request ${from}`).toBe(end === "not-back");
      if (!stands) expect(policy(), `request ${from}`).toEqual(AS_IT_WAS);
      stage.simulators.graph.faults.clear();
      const restored = await stage.restore();
      expect(restored, `request ${from}`).toEqual({ kind: stands ? "back" : "nothing" });
      expect(policy(), `request ${from}`).toEqual(AS_IT_WAS);
    }
    expect(ends).toContain("not-back");
  });
});
