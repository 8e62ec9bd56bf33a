import { beforeEach, describe, expect, it } from "vitest";
import { verifyChain } from "../../../src/core/audit/chain.js";
import type { Drift, LoggedWrite } from "../../../src/core/drift/drift.js";
import { Fault, refuse } from "../../../src/core/errors.js";
import { type Person, personId } from "../../../src/core/person.js";
import { ADA, GRACE, JOAN, LINUS } from "../fake-world.js";
import { legacyPolicy } from "../policy/sample-policies.js";
import { WatchStory } from "./watch-story.js";

const EVE: Person = { id: personId("eve"), name: "Eve" };
const wrote = ({ id, name }: Person): LoggedWrite => ({ id, name, at: "2026-11-22T10:00:00.000Z" });
let story: WatchStory;
let drift: Drift;
beforeEach(async () => {
  story = new WatchStory();
  story.world.policy = legacyPolicy();
  story.world.otherWriters = [wrote(EVE)];
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
    const writer = { ...wrote(EVE), at: new Date(story.world.time - 4_000).toISOString() };
    story.world.ports.tenant.policyWritersSince = async (since) => (writer.at >= since ? [writer] : []);
    story.world.advance(600_000);
    await story.check();
    await story.accept(drift);
    story.world.advance(600_000);
    expect((await story.drift({ isAttestationEnforced: false })).writers).toEqual([]);
  });

  it("goes on when only the name of who wrote was added meanwhile", async () => {
    story.world.otherWriters = [wrote(EVE), { ...wrote(EVE), at: drift.readAt }];
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

describe("who changed the policy elsewhere does not accept it alone", () => {
  const accept = (person: Person, shown = drift) => story.accept(shown, "because", { person });
  const isOpen = () => expect(story.world.store.watch.current?.version).toBe(1);

  it("is refused, and another approver accepts", async () => {
    story.world.otherWriters = [wrote(GRACE)];
    expect(await accept(GRACE)).toEqual(refuse({ code: "own-drift", driftNumber: 1 }));
    isOpen();
    expect(await accept(JOAN)).toMatchObject({ kind: "drift-accepted" });
  });

  it("also when it is one of many who wrote, by the log as it is at the press", async () => {
    const others = Array.from({ length: 30 }, (_, at) => ({
      ...wrote(EVE),
      at: `2026-11-22T10:00:${at + 10}.000Z`,
    }));
    story.world.otherWriters = [wrote(GRACE), ...others];
    expect(await accept(GRACE)).toMatchObject({ code: "own-drift" });
    isOpen();
  });

  it("may accept where the installation allows that a person approves what they asked for", async () => {
    story.world.otherWriters = [wrote(GRACE)];
    story.rules = { ...story.rules, allowSelfApproval: true };
    expect(await accept(GRACE)).toMatchObject({ kind: "drift-accepted" });
  });

  it("does not keep one approver from accepting what an application wrote", async () => {
    story.world.otherWriters = [{ name: "Microsoft", isApp: true, at: drift.readAt }];
    expect(await accept(GRACE)).toMatchObject({ kind: "drift-accepted" });
  });
});

describe("while it is not known who changed the policy", () => {
  const accept = (person: Person, shown: Drift) => story.accept(shown, "because", { person });
  beforeEach(async () => {
    await story.accept(drift);
    story.world.otherWriters = [];
    drift = await story.drift({ isAttestationEnforced: false });
  });
  const version = () => story.world.store.watch.current?.version;

  it("two approvers accept where one entry of several could not be read", async () => {
    const unread: LoggedWrite = { name: "x", at: drift.readAt, isUnread: true };
    story.world.otherWriters = [wrote(EVE), unread];
    await story.check();
    const found = story.world.store.watch.drifts.get(2);
    expect(found?.writers).toMatchObject([{ name: "Eve" }, { isUnread: true }]);
    expect(await accept(GRACE, found ?? drift)).toMatchObject({ kind: "drift-accepted-by-one" });
    expect(await accept(JOAN, found ?? drift)).toMatchObject({ kind: "drift-accepted" });
  });

  it("one approver accepts what could not be read before and can be now", async () => {
    story.world.otherWriters = [{ name: "x", at: drift.readAt, isUnread: true }];
    await story.check();
    story.world.otherWriters = [{ ...wrote(EVE), at: drift.readAt }];
    const found = story.world.store.watch.drifts.get(2);
    expect(found?.writers).toMatchObject([{ isUnread: true }]);
    expect(await accept(GRACE, found ?? drift)).toMatchObject({ kind: "drift-accepted" });
    expect(story.recorded("drift-changed")?.detail.writers).toMatchObject([{ isUnread: true }]);
  });

  it("two approvers accept where the log named one writer and cannot be read at the press", async () => {
    story.world.otherWriters = [wrote(EVE)];
    await story.check();
    story.world.ports.tenant.policyWritersSince = () => Promise.reject(new Fault("graph-denied", "403"));
    const found = story.world.store.watch.drifts.get(2);
    expect(found?.writers).toMatchObject([{ name: "Eve" }]);
    expect(await accept(GRACE, found ?? drift)).toMatchObject({ kind: "drift-accepted-by-one" });
  });

  it.each(["does not say", "names no id", "cannot be read"])(
    "two approvers accept: the log %s",
    async (what) => {
      if (what === "names no id") story.world.otherWriters = [{ name: "someone", at: drift.readAt }];
      if (what === "cannot be read") {
        story.world.ports.tenant.policyWritersSince = () => Promise.reject(new Fault("graph-denied", "403"));
      }
      expect(await accept(GRACE, drift)).toMatchObject({
        kind: "drift-accepted-by-one",
        drift: { state: { kind: "open" }, acceptances: [{ by: GRACE, reason: "because", revision: 1 }] },
      });
      expect(version()).toBe(2);
      expect(await accept(GRACE, drift)).toEqual(refuse({ code: "drift-needs-another", driftNumber: 2 }));
      expect(version()).toBe(2);
      expect(await accept(JOAN, drift)).toMatchObject({
        kind: "drift-accepted",
        drift: { state: { by: JOAN } },
      });
      expect(version()).toBe(3);
      expect(story.recorded("drift-accepted")?.detail).toMatchObject({ with: [{ id: GRACE.id }] });
      expect(verifyChain(story.world.store.records)).toMatchObject({ kind: "intact" });
    },
  );

  it("the first word counts for nothing when the log names that person meanwhile", async () => {
    await accept(GRACE, drift);
    story.world.otherWriters = [wrote(GRACE), { name: "someone", at: drift.readAt }];
    expect(await accept(JOAN, drift)).toMatchObject({ kind: "drift-accepted-by-one" });
    expect(await accept(GRACE, drift)).toMatchObject({ code: "own-drift" });
    expect(version()).toBe(2);
  });

  it("the first word counts for nothing when that person is no approver any more", async () => {
    await accept(GRACE, drift);
    story.world.roles.set(GRACE.id, []);
    expect(await accept(JOAN, drift)).toMatchObject({ kind: "drift-accepted-by-one" });
    expect(version()).toBe(2);
  });

  it("the first word is for what was shown, and not for the next revision", async () => {
    await accept(GRACE, drift);
    story.edit({ isSelfServiceRegistrationAllowed: true });
    await story.check();
    const next = story.world.store.watch.drifts.get(2);
    if (next === undefined) throw new Error("there is no drift");
    expect(next.revision).toBe(2);
    expect(await accept(JOAN, next)).toMatchObject({ kind: "drift-accepted-by-one" });
    expect(version()).toBe(2);
  });

  it("two who press at the same moment accept it together", async () => {
    await Promise.all([accept(GRACE, drift), accept(JOAN, drift)]);
    expect(version()).toBe(3);
  });
});
