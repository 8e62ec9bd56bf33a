import { beforeEach, describe, expect, it } from "vitest";
import { personId } from "../../../src/core/person.js";
import type { FakeWorld } from "../fake-world.js";
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
    expect(await story.propose()).toMatchObject({ number: 2 });
    expect(world.patches).toHaveLength(0);
    expect(world.announced).toHaveLength(2);
  });

  it("finds the one group of a name, ignoring case, or by its id", async () => {
    world.addGroup("11111111-2222-4222-8222-222222222222", "Pilot");
    const wanted = { intent: { targets: { groups: [{ name: "Pilot" }] } } };
    expect(await story.forGroup("pilot")).toMatchObject(wanted);
    expect(await story.forGroup("11111111-2222-4222-8222-222222222222")).toMatchObject(wanted);
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
    expect(await story.propose()).toMatchObject({ code: "nothing-to-change" });
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
