import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "../../core/policy/sample-policies.js";
import { cardProblems } from "../cards/adaptive-card-schema.js";
import { words } from "../cards/card-words.js";
import { ADA, personal, TeamsWorld } from "../teams-world.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  world.tenant.addGroup(PILOT, "Pilot", "alan");
  world.tenant.policy = profilesPolicy({
    includeTargets: [{ id: PILOT, targetType: "group", allowedPasskeyProfiles: [SYNCED_PROFILE] }],
  });
});
afterEach(() => world.stop());

const shown = async (text: string) => {
  await world.say(ADA, text);
  const card = world.card(personal(ADA));
  expect(cardProblems(card)).toEqual([]);
  return words(card);
};
const answered = async (text: string) => {
  await world.say(ADA, text);
  return world.texts(personal(ADA)).at(-1);
};

describe("profiles", () => {
  it("are shown with who has each, and what it admits", async () => {
    const said = await shown("profiles");
    expect(said).toContain("Default passkey profile (the default)");
    expect(said).toContain("**Who:** no group has it");
    expect(said).toContain("**Who:** Pilot (1 person, 1a2b3c4d)");
  });

  it("are shown one at a time, by name or by group", async () => {
    expect(await shown("who has profile synced?")).toContain("Profile synced");
    const ofPilot = await shown("which profile does Pilot have?");
    expect(ofPilot).toContain("Profile synced");
    expect(ofPilot).not.toContain("Default passkey profile");
  });

  it("that are not there are answered with those that are", async () => {
    expect(await answered("show profile Sinced")).toContain("`show profile synced`");
    expect(await answered("which profile does Finance have?")).toContain(
      "does not name a group called Finance",
    );
  });

  it("are what other rules for some people take", async () => {
    const said = await answered("admins must use a YubiKey");
    expect(said).toContain("Default passkey profile (device-bound and synced), synced (synced)");
    expect(said).toContain('`add group Helpdesk in profile "synced"`');
  });

  it("are not there before a tenant opts in to them, which is offered", async () => {
    world.tenant.policy = legacyPolicy();
    for (const text of ["profiles", "create profile Executives", "compare profiles", "migrate to profiles"]) {
      const said = await shown(text);
      expect(said).toContain("no passkey profiles yet");
      expect(said).toContain("it cannot be undone");
      expect(said).toContain("opt in to passkey profiles");
    }
    expect(world.tenant.store.plansByNumber.size).toBe(0);
  });

  it("are compared by what differs, with the models that stand on some lists only", async () => {
    const said = await shown("compare profiles");
    expect(said).toContain("Compared: Default passkey profile, synced");
    expect(said).toContain("**synced:** synced");
    expect(said).toContain("**Default passkey profile:** device-bound and synced");
    expect(said).toContain("**Default passkey profile:** no group has it");
    expect(await answered("compare profiles synced and Sinced")).toContain("no passkey profile named Sinced");
  });

  it.each([
    ["delete profile synced", "in use by Pilot"],
    ["delete profile synced", '`unassign "synced" from "Pilot"`'],
    ["delete profile default", "is the default profile"],
    ["create profile Synced", "a profile named synced already"],
    ["create profile Kiosk synced with attestation", "Synced passkeys cannot be attested"],
    ["rename profile synced to default passkey profile", "There is a profile named Default passkey profile"],
    ["opt in to passkey profiles", "has passkey profiles already"],
    ["disallow synced passkeys in profile synced", "admits synced passkeys only"],
  ])("that cannot be made, named or deleted are refused before a person is asked: %j", async (text, why) => {
    expect(await answered(text)).toContain(why);
    expect(world.tenant.store.plansByNumber.size).toBe(0);
  });
});
