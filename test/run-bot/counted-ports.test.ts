import { describe, expect, it } from "vitest";
import { Fault } from "../../src/core/errors.js";
import { personId } from "../../src/core/person.js";
import type { PasskeyRound } from "../../src/core/ports/passkey-source.js";
import { countedDuties, countedPasskeys } from "../../src/run-bot/counted-ports.js";
import { FakeMetrics } from "../core/fake-metrics.js";
import { FakeWorld } from "../core/fake-world.js";

describe("a duty", () => {
  it("is told to the metrics when it is had, missed and given up, and the answer stays what it was", async () => {
    const metrics = new FakeMetrics();
    let isOurs = true;
    const { replicas } = new FakeWorld().ports;
    const counted = countedDuties({ ...replicas, claim: async () => isOurs }, metrics);
    expect(await counted.claim("plans")).toBe(true);
    expect(await counted.claim("drift")).toBe(true);
    expect(metrics.duties).toEqual({ plans: true, drift: true });
    isOurs = false;
    expect(await counted.claim("drift")).toBe(false);
    await counted.release("plans");
    expect(metrics.duties).toEqual({ plans: false, drift: false });
  });

  it("counts as not had while the store does not say who has it, and the fault goes on", async () => {
    const metrics = new FakeMetrics();
    const { replicas } = new FakeWorld().ports;
    let store: "answers" | "is away" = "answers";
    const claim = async () => {
      if (store === "is away") throw new Fault("store-unavailable", "away");
      return true;
    };
    const counted = countedDuties({ ...replicas, claim }, metrics);
    await counted.claim("plans");
    store = "is away";
    await expect(counted.claim("plans")).rejects.toMatchObject({ code: "store-unavailable" });
    expect(metrics.duties).toEqual({ plans: false });
  });
});

describe("people whose passkeys were asked for", () => {
  it("are counted by what came of it, and the answers stay what they were", async () => {
    const metrics = new FakeMetrics();
    const someone = (name: string) => ({ id: personId(name), name, isAdmin: false });
    const round: PasskeyRound = {
      answers: [
        { kind: "read", account: someone("ada"), passkeys: [] },
        { kind: "read", account: someone("grace"), passkeys: [] },
        { kind: "gone", account: someone("linus") },
        { kind: "failed", account: someone("joan"), why: "Graph said 403" },
      ],
      later: [
        { account: someone("eve"), why: "Graph said 429", throttled: true },
        { account: someone("mallory"), why: "Graph said 503", throttled: false },
      ],
    };
    const source = { ...new FakeWorld().ports.passkeys, passkeysOf: async () => round };
    expect(await countedPasskeys(source, metrics).passkeysOf([])).toBe(round);
    expect(metrics.people).toEqual({ read: 2, gone: 1, failed: 1, throttled: 1, other: 1 });
  });
});
