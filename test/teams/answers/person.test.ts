import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { legacyPolicy } from "../../core/policy/sample-policies.js";
import { cardProblems } from "../cards/adaptive-card-schema.js";
import { words } from "../cards/card-words.js";
import { ADA, GROUP, personal, TeamsWorld } from "../teams-world.js";

const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  world.tenant.policy = legacyPolicy();
  world.tenant.passkeys.set("emmy noether", [NFC]);
  world.tenant.passkeys.set("emmy ross", []);
  await world.say(ADA, "scan");
});
afterEach(() => world.stop());

describe("a person", () => {
  it("is shown with what they registered and what today's policy makes of it", async () => {
    await world.say(ADA, "which keys does Emmy Noether have?");
    const card = world.card(personal(ADA));
    expect(cardProblems(card)).toEqual([]);
    expect(words(card)).toContain("1 passkey registered");
    expect(words(card)).toContain("all users");
  });

  it("without a passkey is told to have none", async () => {
    await world.say(ADA, "why can't Emmy Ross sign in with her key");
    expect(words(world.card(personal(ADA)))).toContain("No passkey registered");
  });

  it("is asked about where a name fits several, each with what to say", async () => {
    await world.say(ADA, "does emmy have a passkey");
    expect(world.texts(personal(ADA)).at(-1)).toContain("emmy ross: `show emmy ross`");
  });

  it("is shown when the look is on record, and not at all without", async () => {
    const looks = () => world.tenant.store.records.filter(({ event }) => event === "person-looked-at");
    await world.say(ADA, "show Emmy Ross");
    expect(looks()).toMatchObject([{ by: ADA, conversation: personal(ADA).id }]);
    const before = world.card(personal(ADA));
    world.tenant.store.auditBroken = true;
    await world.say(ADA, "show Emmy Noether");
    expect(world.card(personal(ADA))).toEqual(before);
    expect(looks()).toHaveLength(1);
  });

  it("is not shown where others read along", async () => {
    await world.say(ADA, "show Emmy Noether", GROUP);
    expect(world.card(GROUP)).toBeUndefined();
    expect(world.texts(GROUP).at(-1)).toContain("in our own chat");
  });
});
