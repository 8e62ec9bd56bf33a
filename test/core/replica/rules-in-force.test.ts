import { beforeEach, describe, expect, it } from "vitest";
import { tenantId } from "../../../src/core/person.js";
import type { Rules } from "../../../src/core/ports.js";
import { OwnReplica } from "../../../src/core/replica/replicas.js";
import { RulesInForce } from "../../../src/core/replica/rules-in-force.js";
import { FakeReplicaStore } from "../fake-replica-store.js";
import { FakeWorld, JOAN } from "../fake-world.js";
import { ManualClock, passTime } from "../manual-clock.js";

let world: FakeWorld;
let store: FakeReplicaStore;
beforeEach(() => {
  world = new FakeWorld();
  store = new FakeReplicaStore();
});

/** A process with these settings, on the shared store. */
function processWith(changes: Partial<Rules>, clock = new ManualClock(`${Math.random()}`)) {
  const rules = new RulesInForce({ ...world.rules, ...changes }, world.attention);
  const { log } = world.ports;
  return {
    rules: rules.rules,
    clock,
    replica: new OwnReplica({ store, clock, log, rules }, world.rules.tenantId),
  };
}

describe("processes that were started with different settings", () => {
  it("decide by the strictest of all as soon as they know of each other", async () => {
    const strict = processWith({ approvalsRequired: 2, emergencyAccounts: ["breakglass"] });
    const lax = processWith({ allowSelfApproval: true, approvers: [JOAN.id] });
    await strict.replica.start();
    await lax.replica.start();
    await strict.replica.lookAtRules();
    for (const { rules } of [strict, lax]) {
      expect(rules).toMatchObject({
        approvalsRequired: 2,
        allowSelfApproval: false,
        emergencyAccounts: ["breakglass"],
      });
      expect([rules.approvers, ...(rules.furtherApprovers ?? [])]).toEqual([[JOAN.id], undefined]);
    }
    expect(world.attention.sentences).toEqual([
      "Processes on this store differ in APPROVALS_REQUIRED, ALLOW_SELF_APPROVAL, APPROVERS, EMERGENCY_ACCOUNTS: the strictest holds for all of them. Start them with the same settings.",
    ]);
    expect(world.noted.filter(({ event }) => event === "attention")).toHaveLength(1);
  });

  it("decide by their own again when the other is gone", async () => {
    const lax = processWith({});
    const strict = processWith({ approvalsRequired: 3 });
    await strict.replica.start();
    await lax.replica.start();
    expect(lax.rules.approvalsRequired).toBe(3);
    strict.clock.paused = true;
    await passTime(13_000, lax.clock);
    await lax.replica.lookAtRules();
    expect(lax.rules.approvalsRequired).toBe(1);
    expect(world.attention.sentences).toEqual([]);
  });

  it("do not mind one of another tenant", async () => {
    const foreign = processWith({ tenantId: tenantId("another"), approvalsRequired: 5 });
    const own = processWith({});
    await foreign.replica.start();
    await own.replica.start();
    expect(own.rules.approvalsRequired).toBe(1);
    expect(world.attention.sentences).toEqual([]);
  });

  it("say so of one that tells no rules", async () => {
    const own = processWith({});
    await store.beat(processWith({}).replica.self);
    await own.replica.start();
    expect(world.attention.sentences).toEqual([
      expect.stringContaining("does not say by which rules it decides"),
    ]);
  });
});
