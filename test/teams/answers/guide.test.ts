import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { personId } from "../../../src/core/person.js";
import { legacyPolicy } from "../../core/policy/sample-policies.js";
import { ADA, GROUP, personal, TeamsWorld } from "../teams-world.js";

const EMMY = { id: personId("cccccccc-0000-4000-8000-000000000009"), name: "Emmy Noether" };
let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  world.tenant.policy = legacyPolicy({ isAttestationEnforced: false });
});
afterEach(() => world.stop());

const words = (person: typeof EMMY): string => JSON.stringify(world.card(personal(person)));

describe("a guide", () => {
  it("comes to everybody in the tenant, as it is for that person", async () => {
    await world.say(EMMY, "how do I set up a passkey on my iPhone?");
    expect(words(EMMY)).toContain("Microsoft Authenticator");
    expect(words(EMMY)).toContain("You can do this now.");
    world.tenant.policy = legacyPolicy({ state: "disabled" });
    await world.say(EMMY, "guide ios");
    expect(words(EMMY)).toContain("Not yet:");
  });

  it("says nothing of one person's standing where others read", async () => {
    await world.say(ADA, "guide ios", GROUP);
    expect(JSON.stringify(world.card(GROUP))).toContain("Ask me in a chat of your own.");
  });

  it("asks which device, where none is named", async () => {
    await world.say(ADA, "guide");
    expect(words(ADA)).toContain("guide android");
  });

  it("fits on a phone: at most six steps", async () => {
    for (const platform of ["ios", "android", "windows", "security key"]) {
      await world.say(ADA, `guide ${platform}`);
      expect(words(ADA)).not.toContain("7\\\\.");
      expect(words(ADA)).toContain("5\\\\.");
    }
  });
});

describe("a person without a role", () => {
  it.each(["enable passkeys", "approve 1", "hi", "help", "keys in use"])(
    "hears that it is for administrators, and no more of the tenant: %j",
    async (said) => {
      await world.say(EMMY, said);
      const answer = words(EMMY);
      expect(answer).toContain("administrators");
      expect(answer).toContain("guide ios");
      expect(answer).not.toMatch(/PIM|plan #/i);
      expect(world.tenant.store.plansByNumber.size).toBe(0);
    },
  );

  it.each([
    ["I lost my YubiKey", "help desk"],
    ["ich habe meinen Schlüssel verloren", "help desk"],
    ["my key doesn't work", "another way to sign in"],
    ["why can I not sign in?", "another way to sign in"],
  ])("is told where to go: %j", async (said, where) => {
    await world.say(EMMY, said);
    expect(words(EMMY)).toContain(where);
  });

  it("is greeted when it greets, and not told what it may not do", async () => {
    for (const said of ["hello", "help", "what can you do?"]) {
      await world.say(EMMY, said);
      expect(words(EMMY)).toContain("I can help you with your own");
      expect(words(EMMY)).not.toContain("cannot do that");
    }
    await world.say(EMMY, "disable passkeys");
    expect(words(EMMY)).toContain("cannot do that for you");
  });

  it("is sent home when a guest, whatever they ask", async () => {
    world.tenant.guests.add(EMMY.id);
    await world.say(EMMY, "guide ios");
    await world.say(EMMY, "hi");
    expect(world.texts(personal(EMMY))).toEqual([
      expect.stringContaining("a guest"),
      expect.stringContaining("a guest"),
    ]);
  });

  it("is told how to become one of those it answers, where they are named", async () => {
    await world.stop();
    world = await TeamsWorld.start({ access: [] });
    await world.say(EMMY, "keys in use");
    expect(words(EMMY)).toContain("ask the operator to add you");
  });
});
