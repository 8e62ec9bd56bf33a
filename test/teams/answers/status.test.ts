import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { legacyPolicy } from "../../core/policy/sample-policies.js";
import { cardProblems, elementsOf } from "../cards/adaptive-card-schema.js";
import { words } from "../cards/card-words.js";
import { ADA, GRACE, GROUP, personal, TeamsWorld } from "../teams-world.js";

const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;

let world: TeamsWorld;
beforeEach(async () => {
  world = await TeamsWorld.start();
});
afterEach(() => world.stop());

describe("status", () => {
  const status = async (person = ADA, place = personal(person)) => {
    await world.say(person, "what's the status?", place);
    const card = world.card(place);
    expect(cardProblems(card)).toEqual([]);
    return [words(card), ...elementsOf(card, "Action.Submit").map(({ title }) => `button: ${title}`)].join(
      "\n",
    );
  };

  it("before anything was done says that passkeys are off, and that a scan comes first", async () => {
    const said = await status();
    expect(said).toContain("Passkeys are **off**");
    expect(said).toContain("nobody's passkeys have been read yet");
    expect(said).toContain("Waiting:** no plan");
    expect(said).toContain("none through Latchkey yet");
    expect(said).toContain("button: scan");
  });

  it("counts who has a passkey by the latest scan, and says when that was", async () => {
    world.tenant.policy = legacyPolicy();
    world.tenant.passkeys.set(ADA.id, [NFC]);
    await world.say(ADA, "scan");
    const said = await status();
    expect(said).toContain("**on for all users**");
    expect(said).toContain("1 person has a passkey");
    expect(said).toContain("Last scan:**");
    expect(said).toContain("everybody was read");
  });

  it("says that Latchkey made the last scan by itself, and when that does not succeed", async () => {
    world.tenant.policy = legacyPolicy();
    await world.say(ADA, "scan");
    const { clock, ownScans, scanner } = world.tenant.ports;
    expect(await status()).not.toContain("by Latchkey itself");
    const ended = world.tenant.scanEnd();
    await scanner.beginOwn();
    await ended;
    expect(await status()).toContain("by Latchkey itself; everybody was read");
    const failed = { kind: "failed", fault: "graph-denied", times: 2 } as const;
    const at = clock.now().toISOString();
    await ownScans.wait({ ...failed, tenantId: world.tenant.rules.tenantId, at });
    expect(await status()).toContain("did not succeed 2 times in a row");
    expect(await status()).toContain("Say `check` for why");
  });

  it("tells a person alone what waits for them", async () => {
    await world.say(ADA, "enable passkeys");
    expect(await status()).toContain("1 plan: #1, asked by you");
    expect(await status(GRACE)).toContain("1 plan: #1, for you to decide");
    expect(await status(ADA, GROUP)).toMatch(/Waiting:\*\* 1 plan: #1$/m);
  });

  it("never suggests to switch off", async () => {
    world.tenant.policy = legacyPolicy();
    expect(await status()).not.toContain("disable");
  });
});
