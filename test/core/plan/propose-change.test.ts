import { beforeEach, describe, expect, it } from "vitest";
import { cancelPlan, rejectPlan } from "../../../src/core/approval/decide.js";
import type { ChangeCommand } from "../../../src/core/command/command.js";
import { refuse } from "../../../src/core/errors.js";
import { conversationId, personId } from "../../../src/core/person.js";
import { proposeChange } from "../../../src/core/plan/propose-change.js";
import { ADA, type FakeWorld, LINUS, ROOM } from "../fake-world.js";
import { legacyPolicy, profilesPolicy } from "../policy/sample-policies.js";
import { KEY, ProposalStory } from "./proposal-story.js";

let story: ProposalStory;
let world: FakeWorld;
beforeEach(() => {
  story = new ProposalStory();
  world = story.world;
});

describe("proposing a change", () => {
  it("shows a numbered plan that expires, and writes nothing", async () => {
    const plan = await story.propose();
    expect(plan).toMatchObject({ number: 1, revision: 1, expiresAt: "2026-11-22T11:00:00.000Z" });
    expect(await story.propose({ authenticators: ["ios"] })).toMatchObject({ number: 2 });
    expect(world.patches).toHaveLength(0);
    expect(world.announced).toHaveLength(2);
  });

  it("stores with the plan where its card is posted at once, and announces it with that", async () => {
    world.firstPlaces = [ROOM, conversationId("a:chat")];
    await story.propose();
    const { self: poster } = world.ports.replicas;
    const { firstIntents } = world.store;
    expect(firstIntents.map(({ intentId: _, ...intent }) => intent)).toEqual(
      world.firstPlaces.map((conversation) => ({ conversation, poster, tries: 1 })),
    );
    expect(new Set(firstIntents.map(({ intentId }) => intentId)).size).toBe(2);
    expect(world.intended).toEqual(firstIntents);
    expect(await story.ask()).toMatchObject({ kind: "same-plan" });
    expect(firstIntents).toHaveLength(2);
  });

  it("finds the one group of a name, ignoring case, or by its id", async () => {
    world.addGroup("11111111-2222-4222-8222-222222222222", "Pilot");
    const wanted = { intent: { targets: { groups: [{ name: "Pilot" }] } } };
    const plan = await story.forGroup("pilot");
    expect(plan).toMatchObject(wanted);
    const request = { kind: "groups", names: ["11111111-2222-4222-8222-222222222222"] } as const;
    expect(await story.ask({ targets: request })).toEqual({ kind: "same-plan", plan });
  });

  it("asks when a group does not exist or two have the name", async () => {
    world.addGroup("a", "Contractors");
    world.addGroup("b", "contractors");
    expect(await story.forGroup("Nobody")).toMatchObject({ code: "unknown-group", name: "Nobody" });
    expect(await story.forGroup("Contractors")).toMatchObject({
      code: "ambiguous-group",
      groups: [{ id: "a" }, { id: "b" }],
    });
    expect(await story.forGroup("99999999-2222-4222-8222-222222222222")).toMatchObject({
      code: "unknown-group",
    });
  });

  it("can plan on a policy that names a group somebody deleted", async () => {
    world.policy = legacyPolicy({ excludeTargets: [{ id: "deleted", targetType: "group" }] });
    expect(await story.propose()).toMatchObject({ number: 1 });
  });

  it("says so when there is nothing to change", async () => {
    const plan = await story.planned();
    await story.approve(plan);
    expect(await story.propose()).toMatchObject({
      code: "nothing-to-change",
      now: { policy: { state: "enabled", include: [{ id: "all_users" }] } },
    });
  });

  it("refuses what Graph's size limit would refuse, before anyone is asked to approve", async () => {
    const aaGuids = Array.from(
      { length: 510 },
      (_, at) => `${String(at).padStart(8, "0")}-1111-4111-8111-111111111111`,
    );
    world.policy = legacyPolicy({ keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids } });
    expect(await story.propose()).toMatchObject({ code: "policy-too-large", limit: 20_000 });
  });

  it("refuses more than three profiles", async () => {
    const profiles = profilesPolicy().passkeyProfiles as readonly object[];
    const more = ["3", "4"].map((digit) => ({
      ...profiles[1],
      id: `${digit.repeat(8)}-1111-4111-8111-111111111111`,
    }));
    world.policy = profilesPolicy({ passkeyProfiles: [...profiles, ...more] as never });
    expect(await story.propose()).toMatchObject({ code: "too-many-profiles", count: 4 });
  });

  it("asks for an emergency account's passkeys also when the report does not list it", async () => {
    world.policy = legacyPolicy();
    world.passkeys.set("breakglass", [KEY]);
    world.unreported.add("breakglass");
    story.rules = { ...story.rules, emergencyAccounts: [personId("breakglass")] };
    expect(await story.propose("disable")).toMatchObject({ code: "emergency-account-cut-off" });
  });

  it("refuses to cut off an emergency account", async () => {
    world.policy = legacyPolicy();
    world.passkeys.set("breakglass", [KEY]);
    story.rules = { ...story.rules, emergencyAccounts: [personId("breakglass")] };
    expect(await story.propose("disable")).toMatchObject({
      code: "emergency-account-cut-off",
      people: [{ name: "breakglass" }],
    });
  });
});

describe("asking for the same again", () => {
  it("shows the plan that waits, whoever asks, and makes no second one", async () => {
    const plan = await story.planned();
    const command = {
      kind: "enable",
      options: { restriction: "as-fits", authenticators: ["ios", "android"] },
    };
    const again = await proposeChange(world.ports, story.rules, {
      command: command as ChangeCommand,
      typed: "please enable passkeys",
      requester: LINUS,
      conversation: ROOM,
    });
    expect(again).toEqual({ kind: "same-plan", plan });
    expect(world.store.events()).toEqual(["plan-proposed"]);
    expect(world.announced).toHaveLength(1);
  });

  it("is a plan of its own once the policy is another, or the first is decided", async () => {
    await story.planned();
    world.policy = { ...world.policy, isSelfServiceRegistrationAllowed: false };
    const second = await story.planned();
    expect(second.number).toBe(2);
    await rejectPlan(world.ports, story.rules, story.clickOn(second), "no");
    expect(await story.propose()).toMatchObject({ number: 3 });
  });

  it("while it waits for a scan waits once, and one person waits for ten changes at most", async () => {
    world.passkeys.set("bob", [KEY]);
    world.onAsk = () => new Promise(() => {});
    for (const _ of [1, 2, 3]) await story.ask("disable");
    expect(world.store.deferred.waiting).toHaveLength(1);
    for (let at = 0; at < 9; at += 1) await story.ask({ profile: `Profile ${at}` });
    expect(await story.ask({ profile: "One more" })).toEqual(
      refuse({ code: "too-many-open-plans", limit: 10, planNumbers: [] }),
    );
    expect(await story.ask("disable")).toMatchObject({ kind: "scan-started" });
    expect(world.store.deferred.waiting).toHaveLength(10);
  });

  it("after a scan is said where it was asked, with that plan, and does not wait any more", async () => {
    const plan = await story.planned();
    const { tenantId } = story.rules;
    const command = {
      kind: "enable",
      options: { restriction: "as-fits", authenticators: ["ios", "android"] },
    };
    const waiting = { id: "w", kind: "propose", tenantId, person: LINUS, conversation: ROOM } as const;
    const askedAt = plan.createdAt;
    await world.store.deferred.add({ ...waiting, askedAt, command: command as ChangeCommand, typed: "t" });
    await world.scan();
    expect(world.there).toMatchObject([{ waiting: { id: "w" }, plan: { number: 1 } }]);
    expect(world.store.deferred.waiting).toEqual([]);
    expect(world.announced).toHaveLength(1);
  });
});

it("one person has ten open plans at most, and is told which", async () => {
  for (let at = 0; at < 10; at += 1) {
    world.policy = { ...world.policy, somethingNew: at };
    await story.planned();
  }
  world.policy = { ...world.policy, somethingNew: 10 };
  const planNumbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(await story.propose()).toEqual(refuse({ code: "too-many-open-plans", limit: 10, planNumbers }));
  await cancelPlan(world.ports, story.rules, { planNumber: 4, person: ADA, conversation: ROOM });
  expect(await story.propose()).toMatchObject({ number: 11 });
});
