import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { legacyPolicy } from "../../core/policy/sample-policies.js";
import { cardProblems, elementsOf } from "../cards/adaptive-card-schema.js";
import { words } from "../cards/card-words.js";
import { ADA, findAction, GROUP, GUEST, personal, TeamsWorld } from "../teams-world.js";

const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
  world.tenant.policy = legacyPolicy({
    includeTargets: [{ targetType: "group", id: PILOT, isRegistrationRequired: false }],
  });
  world.tenant.passkeys.set("emmy", [NFC]);
  world.tenant.passkeys.set("alan", []);
  world.tenant.passkeys.set("zoe", []);
  world.tenant.addGroup(PILOT, "Pilot", "emmy", "alan");
  world.tenant.addGroup("1a2b3c4d-0000-4000-8000-000000000002", "Finance", "zoe", "emmy");
});
afterEach(() => world.stop());

const files = () => world.tenant.store.records.filter(({ event }) => event === "people-list-given");

async function heard(text: string, place = personal(ADA)) {
  await world.say(ADA, text, place);
  const card = world.card(place);
  expect(cardProblems(card)).toEqual([]);
  return { card, said: words(card) };
}

describe("adoption", () => {
  it("comes after a scan", async () => {
    await world.say(ADA, "adoption");
    expect(words(world.card(personal(ADA)))).toContain("Nobody's passkeys have been read yet");
  });

  it("is counted, in a room as well, and names no person", async () => {
    await world.say(ADA, "scan");
    const { said } = await heard("adoption", GROUP);
    expect(said).toContain("1 of 2 people has a passkey (50%)");
    expect(said).toContain("1 of 2 (50%)");
    expect(said).not.toContain("emmy");
  });

  it("of a group says for how many of its people the policy is", async () => {
    await world.say(ADA, "scan");
    const { card, said } = await heard("adoption of finance");
    expect(said).toContain("Passkey adoption of Finance");
    expect(said).toContain("The policy is not for 1 of them");
    expect(elementsOf(card, "Chart.Line")).toEqual([]);
    expect((await heard("adoption of everyone")).said).not.toContain("of everyone");
    await world.say(ADA, "adoption of Nowhere");
    expect(world.texts(personal(ADA)).at(-1)).toContain("Nowhere");
  });

  it("is a line and a table where it went on for more than a day", async () => {
    await world.say(ADA, "scan");
    const [figures] = [{ people: 2, withPasskey: 0, deviceBound: 0, synced: 0, both: 0, unsaid: 0 }];
    await world.tenant.store.adoption.add(
      {
        tenantId: world.tenant.rules.tenantId,
        day: "2026-10-01",
        scanId: "an old one",
        scannedAt: "2026-10-01T10:00:00.000Z",
        of: "groups",
        whole: figures,
        byGroup: {},
      },
      "2000-01-01",
    );
    const { card, said } = await heard("adoption");
    expect(said).toContain("a month ago (2026-10-01)");
    expect(said).toContain("+1");
    expect(elementsOf(card, "Chart.Line")).toMatchObject([
      { fallback: "drop", data: [{ values: [{ x: "2026-10-01", y: 0 }, { y: 1 }] }] },
    ]);
  });
});

describe("who has no passkey in a group", () => {
  it("is named in one's own chat, and behind a button that keeps to the group elsewhere", async () => {
    await world.say(ADA, "scan");
    const own = await heard("who has no passkey in Finance");
    expect(own.said).toContain("zoe");
    expect(own.said).not.toContain("alan");
    const room = await heard("who has no passkey in Finance", GROUP);
    expect(room.said).not.toContain("zoe");
    expect(findAction(room.card, "Show names")).toMatchObject({
      verb: "withoutPasskey",
      data: { groupId: "1a2b3c4d-0000-4000-8000-000000000002" },
    });
  });
});

describe("the people without a passkey as a file", () => {
  it("is a link in one's own chat, on record", async () => {
    await world.say(ADA, "scan");
    const { card } = await heard("export who has no passkey in Finance");
    expect(elementsOf(card, "Action.OpenUrl")).toMatchObject([
      { url: "https://latchkey.example/people/people-1" },
    ]);
    expect(files()).toMatchObject([{ by: ADA, conversation: personal(ADA).id }]);
  });

  it("is not given in a room, nor to a person without access", async () => {
    await world.say(ADA, "scan");
    await world.say(ADA, "export who has no passkey", GROUP);
    expect(JSON.stringify(world.texts(GROUP))).toContain("your own chat");
    expect(elementsOf(world.card(GROUP), "Action.OpenUrl")).toEqual([]);
    const before = files().length;
    await world.say(GUEST, "export who has no passkey");
    expect(files()).toHaveLength(before);
  });
});
