import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { bigTenant, readableKeyholders } from "../../simulators/tenant/big-tenant.js";
import type { Clock } from "../../src/core/ports.js";
import { type SimulatedSignIn, simulatedSignIn } from "../graph/simulated-sign-in.js";
import { earlyClock, fastClock, hurriedClock } from "./fast-clock.js";
import { type ScanOfTenant, type ScanOfTenantOptions, scanOfTenant } from "./scan-of-tenant.js";
import { passkeysFound, passkeysOf } from "./truth.js";

let signIn: SimulatedSignIn;
let on: ScanOfTenant | undefined;
beforeAll(async () => {
  signIn = await simulatedSignIn();
});
afterEach(async () => {
  await on?.close();
  on = undefined;
});
afterAll(() => signIn.entra.close());

type Limits = Pick<ScanOfTenantOptions, "throttle" | "readings">;

async function tenantOf(people: number, clock: Clock, limits: Limits = {}): Promise<ScanOfTenant> {
  on = await scanOfTenant({ signIn, tenant: bigTenant({ people, withPasskeys: 0.9 }), clock, ...limits });
  return on;
}

async function expectComplete(scanned: ScanOfTenant): Promise<void> {
  const inventory = await scanned.scan();
  expect(inventory.unread).toEqual([]);
  expect(await passkeysFound(scanned, inventory)).toEqual(passkeysOf(readableKeyholders(scanned.tenant)));
}

describe("a scan of a Graph that throttles", () => {
  // So much faster than on the wall; Retry-After speaks of whole seconds, so the limit is one for a second.
  const TIMES = 8;

  it.each([
    [5, "as documented, less than a batch", 150, 1 / 3],
    [20, "of a batch", 300, 1 / 3],
    [50, "of some batches", 600, 2 / 5],
  ])(
    "is complete under a limit of %i (%s), most of what it asks is answered",
    {
      timeout: 300_000,
    },
    async (requests, _, people, share) => {
      const scanned = await tenantOf(people, hurriedClock(TIMES), {
        throttle: { requests, perSeconds: 1 / TIMES },
      });
      await expectComplete(scanned);
      const { counted, throttled } = scanned.graph.counts;
      expect(throttled).toBeGreaterThan(0);
      expect(throttled / counted).toBeLessThan(share);
    },
  );

  it("goes on after a pause that the clock ends a moment too early", async () => {
    const scanned = await tenantOf(60, earlyClock());
    const people = readableKeyholders(scanned.tenant).map(({ id }) => id);
    scanned.graph.faults.nextPasskeysOf(people.slice(0, 10), { status: 429, retryAfter: 1, times: 2 });
    await expectComplete(scanned);
  });

  it.each([
    ["429 without a time", { status: 429 }],
    ["429 with one", { status: 429, retryAfter: 2 }],
    ["503", { status: 503 }],
    ["nothing", { omit: true as const }],
  ])("is complete where everybody is answered %s the first time", async (_, fault) => {
    const scanned = await tenantOf(100, fastClock());
    const people = readableKeyholders(scanned.tenant).map(({ id }) => id);
    scanned.graph.faults.nextPasskeysOf(people, fault);
    await expectComplete(scanned);
    expect(scanned.graph.faults.pending).toEqual([]);
  });

  it("is complete after a Graph that was away for a minute", async () => {
    const scanned = await tenantOf(100, fastClock());
    scanned.graph.faults.next({ path: "/v1.0/$batch", status: 503, times: 4 });
    await expectComplete(scanned);
  });
});
