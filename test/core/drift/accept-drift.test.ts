import { beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "../../../src/core/audit/chain.js";
import type { Drift } from "../../../src/core/drift/drift.js";
import { ADA, GRACE, JOAN, LINUS } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { WatchStory } from "./watch-story.js";

let story: WatchStory;
let drift: Drift;
beforeEach(async () => {
  story = new WatchStory();
  story.world.policy = legacyPolicy();
  drift = await story.drift();
});

describe("accepting a drift", () => {
  it("makes it what the policy is compared with, and records who and why", async () => {
    expect(await story.accept(drift, " the help desk asked for it ")).toMatchObject({
      kind: "drift-accepted",
      drift: { state: { kind: "accepted", by: GRACE, reason: "the help desk asked for it" } },
    });
    expect(story.world.store.watch.current).toMatchObject({
      version: 2,
      policy: { isSelfServiceRegistrationAllowed: false },
      source: { kind: "accepted", driftNumber: 1, by: GRACE },
    });
    expect(story.world.store.records.slice(-2)).toMatchObject([
      { event: "drift-accepted", by: GRACE, driftNumber: 1, revision: 1 },
      { event: "baseline-set", by: GRACE, driftNumber: 1, detail: { source: "accepted" } },
    ]);
    expect(verifyChain(story.world.store.records)).toMatchObject({ kind: "intact" });
    expect(story.world.drifts.at(-1)).toMatchObject({ state: { kind: "accepted" } });
  });

  it("does not end the watch: the next change is drift from the accepted state", async () => {
    await story.accept(drift);
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
    const next = await story.drift({ isAttestationEnforced: false });
    expect(next).toMatchObject({ number: 2, difference: { changes: [{ setting: "attestation" }] } });
    expect(next.baseline.source).toMatchObject({ kind: "accepted", driftNumber: 1 });
  });

  it("accepts what was shown and not what is there by now", async () => {
    story.edit({ isAttestationEnforced: false });
    await story.accept(drift);
    expect(story.world.store.watch.current?.policy).toMatchObject({ isAttestationEnforced: true });
    expect(await story.check()).toMatchObject({
      drift: { number: 2, difference: { changes: [{ setting: "attestation" }] } },
    });
  });

  it("does not name those again who made what was accepted", async () => {
    const writer = { name: "Katherine", at: new Date(story.world.time - 4_000).toISOString() };
    story.world.ports.tenant.policyWritersSince = async (since) => (writer.at >= since ? [writer] : []);
    story.world.advance(600_000);
    await story.check();
    await story.accept(drift);
    story.world.advance(600_000);
    expect((await story.drift({ isAttestationEnforced: false })).writers).toEqual([]);
  });

  it("goes on when only the name of who wrote was added meanwhile", async () => {
    story.world.otherWriters = [{ name: "Katherine", at: drift.readAt }];
    await story.check();
    expect(await story.accept(drift)).toMatchObject({ kind: "drift-accepted", drift: { version: 3 } });
  });
});

describe("nothing is accepted", () => {
  const unchanged = () => {
    expect(story.world.store.watch.current?.version).toBe(1);
    expect(story.world.store.events()).not.toContain("drift-accepted");
  };

  it.each(["", "  \n "])("without a reason: %j", async (reason) => {
    expect(await story.accept(drift, reason)).toMatchObject({ code: "reason-missing", driftNumber: 1 });
    unchanged();
  });

  it.each([ADA, LINUS])("by $name, who may not approve", async (person) => {
    expect(await story.accept(drift, "because", { person })).toMatchObject({ code: "not-an-approver" });
    unchanged();
  });

  it("in an older revision than the policy is at", async () => {
    story.edit({ isAttestationEnforced: false });
    await story.check();
    expect(await story.accept(drift)).toMatchObject({ code: "stale-drift", revision: 2 });
    unchanged();
  });

  it("when there is no such drift", async () => {
    expect(await story.accept(drift, "because", { driftNumber: 9 })).toMatchObject({ code: "unknown-drift" });
    unchanged();
  });

  it("twice: whoever is second hears who was first", async () => {
    const [first, second] = await Promise.all([
      story.accept(drift),
      story.accept(drift, "me too", { person: JOAN }),
    ]);
    expect([first, second]).toMatchObject([
      { kind: "drift-accepted" },
      { code: "drift-decided", state: "accepted", by: GRACE },
    ]);
    expect(story.world.store.events().filter((event) => event === "drift-accepted")).toHaveLength(1);
  });

  it("when it is over by itself", async () => {
    story.edit({ isSelfServiceRegistrationAllowed: true });
    await story.check();
    expect(await story.accept(drift)).toMatchObject({ code: "drift-decided", state: "over" });
    unchanged();
  });

  it("when it cannot be recorded", async () => {
    story.world.store.auditBroken = true;
    await expect(story.accept(drift)).rejects.toMatchObject({ code: "store-unavailable" });
    story.world.store.auditBroken = false;
    unchanged();
    expect(story.world.store.watch.drifts.get(1)?.state.kind).toBe("open");
  });
});
