import { beforeEach, describe, expect, it } from "vitest";
import { personId } from "../../../src/core/person.js";
import type { FakeWorld } from "../fake-world.js";
import { KEY, OTHER_KEY, ProposalStory } from "../plan/proposal-story.js";
import { legacyPolicy } from "../policy/sample-policies.js";

let story: ProposalStory;
let world: FakeWorld;
beforeEach(() => {
  story = new ProposalStory();
  world = story.world;
});

describe("an emergency account", () => {
  beforeEach(async () => {
    world.policy = legacyPolicy();
    await world.scan();
    story.rules = { ...story.rules, emergencyAccounts: [personId("breakglass")] };
    world.unreported.add("breakglass");
  });

  it("is read at the moment of the proposal, because the scan may not know it", async () => {
    world.passkeys.set("breakglass", [OTHER_KEY]);
    expect(await story.propose("disable")).toMatchObject({
      code: "emergency-account-cut-off",
      people: [{ id: "breakglass" }],
    });
  });

  it("is read once more at the moment of the approval", async () => {
    const plan = await story.planned("disable");
    world.passkeys.set("breakglass", [OTHER_KEY]);
    expect(await story.approve(plan)).toMatchObject({ code: "emergency-account-cut-off" });
    expect(world.patches).toHaveLength(0);
  });

  it("counts as cut off while it cannot be read", async () => {
    world.passkeys.set("breakglass", "throttled");
    expect(await story.propose("disable")).toMatchObject({ code: "emergency-account-not-read" });
  });

  it("whose groups keep its passkey allowed does not stand in the way", async () => {
    world.addGroup("11111111-2222-4222-8222-222222222222", "Pilot", "breakglass");
    world.policy = legacyPolicy({
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [KEY, OTHER_KEY] },
    });
    world.passkeys.set("breakglass", [KEY]);
    const pilot = { kind: "groups", names: ["Pilot"] } as const;
    expect(await story.propose({ targets: pilot })).toMatchObject({ number: 1 });
  });
});
