import { beforeEach, describe, expect, it } from "vitest";
import { GRAPH_CLOCK_SKEW_MS } from "../../../src/core/drift/find-writers.js";
import { PAUSE_MS } from "../../../src/core/drift/read-steady.js";
import { watchPolicy } from "../../../src/core/duties/watch-policy.js";
import { Fault } from "../../../src/core/errors.js";
import { personId } from "../../../src/core/person.js";
import { type Aaguid, AUTHENTICATOR_IOS } from "../../../src/core/policy/policy.js";
import { GRACE } from "../fake-world.js";
import { IOS, legacyPolicy, YUBIKEY_5_NFC } from "../policy/sample-policies.js";
import { WatchStory } from "./watch-story.js";

const OTHER_KEY = "00000000-1111-4111-8111-000000000000" as Aaguid;
const allow = (...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids },
});

let story: WatchStory;
beforeEach(() => {
  story = new WatchStory();
  story.world.policy = legacyPolicy(allow(IOS, YUBIKEY_5_NFC));
});

describe("the first check", () => {
  it("takes the policy as it is for what it is compared with, and records that", async () => {
    expect(await story.check()).toMatchObject({
      kind: "as-baseline",
      baseline: { version: 1, source: { kind: "first-read" }, policy: story.world.policy },
    });
    expect(story.world.store.records).toMatchObject([
      { event: "baseline-set", detail: { source: "first-read", policy: story.world.policy } },
    ]);
    expect(story.world.drifts).toEqual([]);
  });

  it("is repeated without another record while nothing changes, and remembers when it looked", async () => {
    await story.check();
    story.world.advance(900_000);
    await story.check();
    expect(story.world.store.events()).toEqual(["baseline-set"]);
    expect(story.world.store.watch.current?.seenAt).toBe("2026-11-22T10:15:00.000Z");
  });
});

describe("a policy that somebody changed", () => {
  it("is drift, with what changed and since when", async () => {
    await story.check();
    story.world.advance(900_000);
    story.edit({ isSelfServiceRegistrationAllowed: false });
    expect(await story.check()).toMatchObject({
      kind: "drift",
      drift: {
        number: 1,
        revision: 1,
        state: { kind: "open" },
        baseline: { version: 1, source: { kind: "first-read" } },
        difference: { changes: [{ setting: "self-service", before: true, after: false }] },
        unchangedAt: "2026-11-22T10:00:00.000Z",
        readAt: "2026-11-22T10:15:03.000Z",
      },
    });
    expect(story.world.store.events()).toEqual(["baseline-set", "drift-found"]);
    expect(story.world.store.records[1]).toMatchObject({ driftNumber: 1, revision: 1 });
    expect(story.world.drifts).toHaveLength(1);
  });

  it("counts only when a second look shows the same", async () => {
    await story.check();
    const before = story.world.policy;
    story.edit({ isSelfServiceRegistrationAllowed: false });
    story.world.onSleep = () => {
      story.world.policy = before;
    };
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
    expect(story.world.store.events()).toEqual(["baseline-set"]);
  });

  it("is looked at until it stands still, and left to the next check when it does not", async () => {
    await story.check();
    let turns = 0;
    story.world.onSleep = () => {
      turns += 1;
      story.edit({ isSelfServiceRegistrationAllowed: turns % 2 === 0 });
    };
    story.edit({ isAttestationEnforced: false });
    expect(await story.check()).toEqual({ kind: "unsteady" });
    story.world.onSleep = () => {};
    expect(await story.check()).toMatchObject({ kind: "drift" });
  });

  it.each([
    ["spelling and order of GUIDs", allow(YUBIKEY_5_NFC, IOS.toUpperCase())],
    ["entries that are there twice", allow(IOS, YUBIKEY_5_NFC, IOS)],
    ["annotations", { "includeTargets@odata.context": "something else" }],
  ])("is none for %s: they mean the same", async (_, members) => {
    await story.check();
    story.edit(members);
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
  });

  it("is drift in a property this version does not know", async () => {
    await story.check();
    story.edit({ somethingNew: true });
    expect(await story.check()).toMatchObject({
      drift: { difference: { changes: [{ setting: "other", path: "somethingNew" }] } },
    });
  });

  it("is a new revision of the same drift when it moves on, and the record says so", async () => {
    await story.drift();
    story.world.advance(900_000);
    story.edit({ isAttestationEnforced: false });
    expect(await story.check()).toMatchObject({
      drift: {
        number: 1,
        revision: 2,
        foundAt: "2026-11-22T10:00:03.000Z",
        difference: { changes: [{ setting: "self-service" }, { setting: "attestation" }] },
      },
    });
    expect(story.world.store.events()).toEqual(["baseline-set", "drift-found", "drift-changed"]);
  });

  it("is the same revision as long as it stays, and is shown again in case a card did not get there", async () => {
    await story.drift();
    story.world.advance(900_000);
    expect(await story.check()).toMatchObject({ drift: { revision: 1, version: 1 } });
    expect(story.world.drifts).toHaveLength(2);
    expect(story.world.store.events()).toEqual(["baseline-set", "drift-found"]);
  });

  it("is over by itself when it is as before again, and the next one has the next number", async () => {
    const before = story.world.policy;
    await story.drift();
    story.world.policy = before;
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
    expect(story.world.store.watch.drifts.get(1)?.state).toMatchObject({
      kind: "over",
      why: "back-as-it-was",
    });
    expect(story.world.drifts.at(-1)).toMatchObject({ state: { kind: "over" } });
    expect(story.world.store.events()).toEqual(["baseline-set", "drift-found", "drift-over"]);
    expect(await story.drift()).toMatchObject({ number: 2, revision: 1 });
  });

  it("is not stored without its record", async () => {
    await story.check();
    story.edit({ isSelfServiceRegistrationAllowed: false });
    story.world.store.auditBroken = true;
    await expect(story.check()).rejects.toMatchObject({ code: "store-unavailable" });
    expect(story.world.store.watch.drifts.size).toBe(0);
    expect(story.world.drifts).toEqual([]);
  });
});

describe("who it was", () => {
  const at = "2026-11-22T10:00:01.000Z";
  const microsoft = { name: "Microsoft Entra ID", at, isApp: true } as const;
  const katherine = { name: "Katherine", id: personId("katherine"), at };

  it.each([
    ["a person", katherine],
    ["an application of Microsoft, like anybody else", microsoft],
  ])("is named by the audit log: %s", async (_, writer) => {
    story.world.otherWriters = [writer];
    expect(await story.drift()).toMatchObject({ writers: [writer] });
    expect(story.world.store.records.at(-1)).toMatchObject({ detail: { writers: [writer] } });
  });

  it("is looked up again at later checks, since the log lags, and is recorded then", async () => {
    expect((await story.drift()).writers).toEqual([]);
    story.world.advance(600_000);
    story.world.otherWriters = [katherine];
    expect(await story.check()).toMatchObject({ drift: { revision: 1, version: 2, writers: [katherine] } });
    expect(story.world.store.events()).toEqual(["baseline-set", "drift-found", "drift-changed"]);
  });

  it("is left open when the log cannot be read", async () => {
    story.world.ports.tenant.policyWritersSince = async () => {
      throw new Fault("graph-no-licence", "no P1");
    };
    expect((await story.drift()).writers).toEqual([]);
  });

  it("is asked from the last look that was fine, and a little earlier, since clocks differ", async () => {
    const asked: string[] = [];
    story.world.ports.tenant.policyWritersSince = async (since) => {
      asked.push(since);
      return [];
    };
    await story.check();
    story.world.advance(3_600_000);
    await story.drift();
    expect(asked).toEqual(["2026-11-22T10:59:58.000Z"]);
  });
});

describe("what it means for people", () => {
  it("is told by the last scan", async () => {
    story.world.passkeys.set("mary", [OTHER_KEY]);
    story.world.passkeys.set("alan", [AUTHENTICATOR_IOS, YUBIKEY_5_NFC as Aaguid]);
    story.world.policy = legacyPolicy(allow(IOS, YUBIKEY_5_NFC, OTHER_KEY));
    await story.world.scan();
    const drift = await story.drift(allow(IOS));
    expect(drift.meaning).toMatchObject({
      kind: "assessed",
      impact: { losing: [{ name: "mary" }], keepingAnother: [{ name: "alan" }] },
    });
  });

  it("is left open without a scan, and told as soon as there is one", async () => {
    expect((await story.drift()).meaning).toEqual({ kind: "no-scan" });
    await story.world.scan();
    expect(await story.check()).toMatchObject({ drift: { revision: 1, meaning: { kind: "assessed" } } });
  });

  it("is left open when it cannot be read, which is no reason not to tell of the drift", async () => {
    await story.world.scan();
    story.world.ports.directory.membersOf = async () => {
      throw new Fault("graph-unavailable", "later");
    };
    const drift = await story.drift({ excludeTargets: [{ targetType: "group", id: "helpdesk" }] });
    expect(drift.meaning).toEqual({ kind: "not-read" });
  });
});

describe("the watch", () => {
  it("logs a policy it does not understand, and keeps what it compares with", async () => {
    await story.check();
    const { policy } = story.world;
    story.edit({ state: "sometimes" });
    await watchPolicy(story.world.ports, story.rules);
    expect(story.world.errors).toMatchObject([{ event: "drift-not-checked", code: "policy-unreadable" }]);
    expect(story.world.store.watch.current?.policy).toEqual(policy);
    story.world.policy = policy;
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
  });

  it("looks only in the process that has the duty", async () => {
    await story.check();
    story.edit({ isSelfServiceRegistrationAllowed: false });
    const ports = { ...story.world.ports };
    ports.replicas = { ...ports.replicas, claim: async (duty) => duty !== "drift" };
    await watchPolicy(ports, story.rules);
    expect(story.world.drifts).toEqual([]);
    await watchPolicy(story.world.ports, story.rules);
    expect(story.world.drifts).toHaveLength(1);
  });

  it("names what a drift was compared with when that was applied", async () => {
    story.world.policy = legacyPolicy({ state: "disabled" });
    const plan = await story.propose();
    await story.approve(plan);
    const drift = await story.drift();
    expect(drift.baseline.source).toMatchObject({ kind: "applied", planNumber: 1, by: GRACE });
  });
});

it("a check pauses longer between two readings than Graph's clock may be off, so a later write is never its own", () => {
  expect(PAUSE_MS).toBeGreaterThan(GRAPH_CLOCK_SKEW_MS);
});
