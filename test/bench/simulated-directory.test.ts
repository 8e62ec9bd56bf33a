import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LatencyDraws } from "../../bench/latency-draws.js";
import { LeastTime } from "../../bench/scan/least-time.js";
import { type SimulatedDirectory, startDirectory } from "../../bench/simulated-directory.js";
import { readableKeyholders } from "../../simulators/tenant/big-tenant.js";
import { ROLE } from "../../simulators/tenant/directory-roles.js";
import { testCertificates } from "../setup/test-certificates.js";

describe("the directory that is measured against", () => {
  let directory: SimulatedDirectory;
  beforeAll(async () => {
    directory = await startDirectory({
      people: 1_000,
      seed: 4,
      readers: 3,
      certificates: await testCertificates(),
    });
  });
  afterAll(() => directory.close());

  const users = () => fetch(`${directory.graph.url}/v1.0/users`).then(({ status }) => status);

  test("knows what a complete scan has to find", () => {
    const truth = directory.answer({ do: "truth" });
    expect(truth.keyholders).toBe(readableKeyholders(directory.tenant).length);
    const models = truth.models as readonly string[];
    expect(models.length).toBeGreaterThan(30);
    expect(models).toEqual([...new Set(models.map((aaguid) => aaguid.toLowerCase()))].sort());
  });

  test("counts requests, from zero when told to", async () => {
    expect(await users()).toBe(401);
    expect(directory.answer({ do: "counts" })).toMatchObject({ http: 1, counted: 1, throttled: 0 });
    directory.answer({ do: "reset" });
    expect(directory.answer({ do: "counts" })).toEqual({ http: 0, counted: 0, throttled: 0 });
  });

  test("lets people get and lose passkeys, with an entry in the audit log for each", () => {
    const keys = () =>
      readableKeyholders(directory.tenant).reduce((sum, { passkeys }) => sum + passkeys.length, 0);
    const before = keys();
    expect(directory.answer({ do: "change", people: 7 })).toEqual({ changed: 7 });
    expect(keys()).toBe(before + 1);
    const logged = directory.tenant.audits.map((entry) => entry.targetResources[0]?.userPrincipalName);
    expect(new Set(logged).size).toBe(7);
  });

  test("refuses the same share of people once, each time it is told to", () => {
    const refuse = () => directory.answer({ do: "refuse", share: 0.1, retryAfterSeconds: 3 });
    const { refused } = refuse();
    const struck = directory.graph.faults.pending.map(({ path }) => path);
    expect(struck).toHaveLength(refused as number);
    expect(directory.graph.faults.pending[0]).toMatchObject({ status: 429, retryAfter: 3, inBatch: true });
    refuse();
    expect(directory.graph.faults.pending.map(({ path }) => path)).toEqual(struck);
    directory.answer({ do: "refuse", share: 0, retryAfterSeconds: 0 });
    expect(directory.graph.faults.pending).toEqual([]);
  });

  test("has as many readers as asked for, who held no role before", () => {
    const { readers } = directory.answer({ do: "readers" }) as { readers: readonly { id: string }[] };
    expect(readers).toHaveLength(3);
    for (const { id } of readers)
      expect(directory.tenant.users.get(id)).toMatchObject({
        accountEnabled: true,
        roles: [ROLE.globalReader],
      });
  });

  test("gets back the policy it began with, however often it is changed", () => {
    const before = structuredClone(directory.tenant.policy);
    for (let nth = 0; nth < 2; nth += 1) {
      directory.tenant.policy.state = "enabled";
      expect(directory.tenant.policy).not.toEqual(before);
      directory.answer({ do: "restore-policy" });
      expect(directory.tenant.policy).toEqual(before);
    }
  });

  test("is slowed down, and made quick again, while it runs", async () => {
    const took = async () => {
      const from = performance.now();
      await users();
      return performance.now() - from;
    };
    directory.answer({ do: "latency", medianMs: 120, spread: 0 });
    expect(await took()).toBeGreaterThan(110);
    directory.answer({ do: "latency", medianMs: 0, spread: 0 });
    expect(await took()).toBeLessThan(110);
  });

  test("says when it does not understand", () => {
    const nonsense = JSON.parse('{"do":"dance"}');
    expect(directory.answer(nonsense)).toEqual({ error: expect.stringContaining("dance") });
  });
});

describe("latencies", () => {
  const draws = (medianMs: number, spread: number) => {
    const latencies = new LatencyDraws({ medianMs, spread }, 3);
    return Array.from({ length: 4_001 }, () => latencies.next()).toSorted((a, b) => a - b);
  };

  test("lie half below and half above the median, some far above", () => {
    const sorted = draws(100, 0.5);
    expect(sorted[2_000]).toBeGreaterThan(95);
    expect(sorted[2_000]).toBeLessThan(105);
    expect(sorted[Math.floor(4_001 * 0.95)]).toBeGreaterThan(200);
    expect(sorted[Math.floor(4_001 * 0.95)]).toBeLessThan(260);
    expect(sorted[0]).toBeGreaterThan(0);
  });

  test("are the same for the same seed, and none without a median", () => {
    expect(draws(100, 0.5)).toEqual(draws(100, 0.5));
    expect(new LatencyDraws(undefined, 1).next()).toBe(0);
  });
});

describe("the least time that a scan can take", () => {
  test("is that of all pages of the report and of the quickest batch, since it was last asked for", () => {
    const least = new LeastTime(() => 0);
    const pages = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
    expect(least.drawn(`${pages}?$top=999`, 100)).toBe(100);
    least.drawn(`${pages}?$skiptoken=x`, 250);
    least.drawn("/v1.0/auditLogs/directoryAudits", 5_000);
    least.drawn("/v1.0/$batch", 90);
    least.drawn("/v1.0/$batch", 70);
    expect(least.take()).toMatchObject({ pages: 2, leastSeconds: 0.42 });
    expect(least.take()).toEqual({ pages: 0, leastSeconds: 0, wireSeconds: 0 });
  });

  test("is on the wire that of all pages and of the slowest batch that was sent when the last of them was there", () => {
    let now = 0;
    const least = new LeastTime(() => now);
    const report = "/v1.0/reports/authenticationMethods/userRegistrationDetails";
    for (const at of [0, 100]) {
      now = at;
      least.drawn(report, 100);
      least.drawn("/v1.0/$batch", 900);
    }
    now = 200;
    for (const latency of [60, 80, 70]) least.drawn("/v1.0/$batch", latency);
    expect(least.take()).toEqual({ pages: 2, leastSeconds: 0.26, wireSeconds: 0.28 });
  });
});
