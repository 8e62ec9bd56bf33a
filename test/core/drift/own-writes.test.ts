import { beforeEach, describe, expect, it } from "vitest";
import { personId } from "../../../src/core/person.js";
import { ADA, GRACE, JOAN } from "../fake-world.js";
import { DEFAULT_PROFILE, IOS, legacyPolicy, YUBIKEY_5_NFC } from "../policy/sample-policies.js";
import { WatchStory } from "./watch-story.js";

const allow = (...aaGuids: string[]) => ({ isEnforced: true, enforcementType: "allow", aaGuids });

let story: WatchStory;
beforeEach(() => {
  story = new WatchStory();
  story.world.policy = legacyPolicy({ state: "disabled" });
});

const baseline = () => story.world.store.watch.current;

describe("an applied plan", () => {
  it("is what the policy is compared with, in the transaction that says applied", async () => {
    const plan = await story.propose();
    await story.check();
    await story.approve(plan);
    expect(baseline()).toMatchObject({
      version: 2,
      policy: { state: "enabled" },
      source: { kind: "applied", planNumber: 1, by: GRACE },
    });
    expect(story.world.store.events().slice(-2)).toEqual(["write-verified", "baseline-set"]);
    expect(story.world.store.records.at(-1)).toMatchObject({ planNumber: 1, by: GRACE });
    expect(await story.check()).toMatchObject({ kind: "as-baseline", baseline: { version: 2 } });
    expect(story.world.drifts).toEqual([]);
  });

  it("is the first baseline where nobody looked before", async () => {
    await story.approve(await story.propose());
    expect(baseline()).toMatchObject({ version: 1, source: { kind: "applied" } });
  });

  it("is no drift when Graph spells, orders and doubles GUIDs in its own way", async () => {
    await story.approve(await story.propose());
    story.edit({ keyRestrictions: allow(...restricted().reverse(), IOS) });
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
  });

  it("is no drift when Graph turns the tenant into one with profiles on a first enable", async () => {
    await story.check();
    story.world.beforePatch = () => {
      story.world.nextPatch = { effect: false, answer: { kind: "accepted" } };
    };
    const plan = await story.propose();
    story.world.onSleep = () => {
      story.world.policy = migrated(plan.proposal.after);
    };
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
    story.world.onSleep = () => {};
    story.edit({ passkeyProfiles: [{ ...defaultProfile(plan.proposal.after), passkeyTypes: "synced" }] });
    expect(await story.check()).toMatchObject({
      drift: { difference: { changes: [{ setting: "types" }] } },
    });
  });

  it("does not swallow what somebody else changed at the same moment", async () => {
    await story.check();
    const plan = await story.propose();
    story.world.beforePatch = () => story.edit({ somethingNew: "by somebody else" });
    expect(await story.approve(plan)).toMatchObject({ plan: { state: { kind: "applied" } } });
    expect(await story.check()).toMatchObject({
      kind: "drift",
      drift: {
        difference: { changes: [{ setting: "other", path: "somethingNew" }] },
        baseline: { source: { kind: "applied" } },
      },
    });
  });

  it("does not swallow what was changed before anybody looked", async () => {
    await story.check();
    story.edit({ excludeTargets: [{ targetType: "group", id: "helpdesk" }] });
    story.world.addGroup("helpdesk", "Helpdesk");
    await story.approve(await story.propose());
    expect(await story.check()).toMatchObject({
      drift: { difference: { changes: [{ setting: "exclude" }] } },
    });
  });

  it("is the baseline as it is where it cannot be put on the one before: profiles came into use in between", async () => {
    await story.check();
    story.world.policy = migrated(legacyPolicy({ keyRestrictions: allow(YUBIKEY_5_NFC) }));
    await story.approve(await story.propose());
    expect(await story.check()).toMatchObject({
      kind: "as-baseline",
      baseline: { version: 2, policy: { defaultPasskeyProfile: DEFAULT_PROFILE } },
    });
  });

  it("is not named among those who wrote; what the approver did besides is", async () => {
    await story.check();
    const plan = await story.propose();
    await story.approve(plan);
    const own = { name: GRACE.name, id: GRACE.id, at: new Date(story.world.time).toISOString() };
    const again = { ...own, at: new Date(story.world.time + 4_000).toISOString() };
    const katherine = { name: "Katherine", id: personId("katherine"), at: again.at };
    story.world.otherWriters = [again, own, katherine];
    expect((await story.drift()).writers).toEqual([again, katherine]);
  });

  it("is not named either when another plan was applied since: of a drift that is older than that", async () => {
    await story.check();
    const at = () => new Date(story.world.time).toISOString();
    await story.approve(await story.propose(ADA, ["ios"]));
    const first = { name: GRACE.name, id: GRACE.id, at: at() };
    story.world.time += 600_000;
    story.edit({ somethingNew: "in the portal" });
    const katherine = { name: "Katherine", id: personId("katherine"), at: at() };
    story.world.time += 600_000;
    const second = { name: JOAN.name, id: JOAN.id, at: at() };
    expect(await story.approve(await story.propose(), JOAN)).toMatchObject({
      plan: { state: { kind: "applied" } },
    });
    story.world.otherWriters = [first, katherine, second];
    expect(await story.check()).toMatchObject({ kind: "drift", drift: { writers: [katherine] } });
  });
});

describe("while a plan is being applied", () => {
  it("nothing is called drift, however slowly the write shows", async () => {
    await story.check();
    const plan = await story.propose();
    const seen: string[] = [];
    story.world.beforePatch = async () => void seen.push((await story.check()).kind);
    await story.approve(plan);
    expect(seen).toEqual(["waits"]);
    expect(story.world.drifts).toEqual([]);
  });

  it("a check that had read before it began stores nothing", async () => {
    await story.check();
    const plan = await story.propose();
    story.edit({ somethingNew: 1 });
    const { policy } = story.world;
    // The plan is applied in the pause between the two looks; the second look still shows the old policy.
    let applied = false;
    story.world.onSleep = () => {
      if (applied) return;
      applied = true;
      const stored = story.world.store.plansByNumber.get(plan.number);
      if (stored)
        story.world.store.plansByNumber.set(plan.number, {
          ...stored,
          state: {
            kind: "applying",
            by: GRACE,
            at: "2026-11-22T10:00:00.000Z",
            clientRequestId: "x",
            replica: story.world.ports.replicas.self,
          },
        });
    };
    story.world.policy = policy;
    expect(await story.check()).toEqual({ kind: "unsteady" });
    expect(story.world.store.watch.drifts.size).toBe(0);
  });

  it("an old state that Graph still shows for a while afterwards is no drift", async () => {
    await story.check();
    const old = story.world.policy;
    await story.approve(await story.propose());
    const applied = story.world.policy;
    story.world.policy = old;
    const until = story.world.time + 10_000;
    story.world.onSleep = () => {
      if (story.world.time >= until) story.world.policy = applied;
    };
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
    expect(story.world.drifts).toEqual([]);
  });
});

describe("an open drift and an applied plan", () => {
  it("is over when the plan sets all that had been changed", async () => {
    story.world.policy = legacyPolicy();
    const drift = await story.drift({ isSelfServiceRegistrationAllowed: false });
    const plan = await story.propose(ADA);
    await story.approve(plan);
    const { state } = story.world.store.watch.drifts.get(drift.number) ?? {};
    expect(state).toMatchObject({ kind: "over", why: "part-of-plan", planNumber: plan.number, by: GRACE });
    expect(story.world.store.events()).toContain("drift-over");
    expect(story.world.drifts.at(-1)).toMatchObject({ number: 1, state: { kind: "over" } });
    expect(await story.check()).toMatchObject({ kind: "as-baseline" });
  });

  it("stays open with what is left of it, from then on compared with the plan", async () => {
    await story.drift({
      excludeTargets: [{ targetType: "group", id: "helpdesk" }],
      isSelfServiceRegistrationAllowed: false,
    });
    story.world.addGroup("helpdesk", "Helpdesk");
    await story.approve(await story.propose());
    expect(await story.check()).toMatchObject({
      drift: {
        number: 1,
        revision: 2,
        baseline: { source: { kind: "applied", planNumber: 1 } },
        difference: { changes: [{ setting: "exclude" }] },
      },
    });
  });

  it("can be decided again only after the next check", async () => {
    const drift = await story.drift({ excludeTargets: [{ targetType: "group", id: "helpdesk" }] });
    story.world.addGroup("helpdesk", "Helpdesk");
    await story.approve(await story.propose());
    expect(await story.accept(drift)).toMatchObject({ code: "stale-drift" });
  });
});

function restricted(): string[] {
  const { keyRestrictions } = story.world.policy as { keyRestrictions: { aaGuids: string[] } };
  return keyRestrictions.aaGuids.map((aaguid) => aaguid.toUpperCase());
}

function defaultProfile(policy: Record<string, unknown>) {
  return {
    id: DEFAULT_PROFILE,
    name: "Default passkey profile",
    passkeyTypes: "deviceBound",
    attestationEnforcement: policy.isAttestationEnforced === true ? "registrationOnly" : "disabled",
    keyRestrictions: (policy.keyRestrictions ?? allow(YUBIKEY_5_NFC)) as ReturnType<typeof allow>,
  };
}

function migrated(policy: WatchStory["world"]["policy"]): WatchStory["world"]["policy"] {
  const targets = policy.includeTargets as readonly Record<string, string>[];
  return {
    ...policy,
    defaultPasskeyProfile: DEFAULT_PROFILE,
    passkeyProfiles: [defaultProfile(policy)],
    includeTargets: targets.map((target) => ({ ...target, allowedPasskeyProfiles: [DEFAULT_PROFILE] })),
  };
}
