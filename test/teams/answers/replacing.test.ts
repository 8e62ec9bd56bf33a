import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { legacyPolicy, YUBIKEY_5_NFC, YUBIKEY_5C } from "../../core/policy/sample-policies.js";
import { cardProblems } from "../cards/adaptive-card-schema.js";
import { ADA, personal, TeamsWorld } from "../teams-world.js";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  world.tenant.addGroup("id of Pilot", "Pilot", "alan");
  world.tenant.addGroup("id of Helpdesk", "Helpdesk", "ada");
});
afterEach(() => world.stop());

const answered = async (text: string): Promise<string> => {
  await world.say(ADA, text);
  const card = world.card(personal(ADA));
  expect(cardProblems(card)).toEqual([]);
  expect(world.tenant.store.plansByNumber.size).toBe(0);
  return JSON.stringify(card);
};
const saying = (words: string): string => JSON.stringify({ say: words });

describe("one thing in the place of another", () => {
  it("is offered in both ways there are for groups, and neither is made", async () => {
    const card = await answered("move passkeys from Pilot to the Helpdesk");
    for (const words of [
      "enable passkeys only for group Helpdesk",
      "add group Helpdesk",
      "remove group Pilot",
    ]) {
      expect(card).toContain(saying(words));
    }
  });
});

describe("nothing but some models", () => {
  it("is answered with those that stay and those that go, and a button that asks for that", async () => {
    const aaGuids = [YUBIKEY_5_NFC, YUBIKEY_5C, "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3"];
    world.tenant.policy = legacyPolicy({
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids },
    });
    const card = await answered(`only allow ${YUBIKEY_5C}`);
    expect(card).toContain("Remove the other 2");
    expect(card).toContain(saying(`remove ${YUBIKEY_5_NFC}, 42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3`));
  });

  it("takes a list, where there is none", async () => {
    world.tenant.policy = legacyPolicy({
      keyRestrictions: { isEnforced: false, enforcementType: "allow", aaGuids: [] },
    });
    expect(await answered("only YubiKeys")).toContain(saying("enable passkeys with allow list"));
  });
});
