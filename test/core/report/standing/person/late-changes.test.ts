import { beforeEach, describe, expect, it } from "vitest";
import { approvePlan } from "../../../../../src/core/approval/approve-plan.js";
import type { ChangeCommand } from "../../../../../src/core/command/command.js";
import { parseCommand } from "../../../../../src/core/command/parse-command.js";
import { proposeChange } from "../../../../../src/core/plan/propose-change.js";
import type { Aaguid } from "../../../../../src/core/policy/policy.js";
import { reportPerson } from "../../../../../src/core/report/standing/person/person-report.js";
import { WatchStory } from "../../../drift/watch-story.js";
import { ADA, ASSERTION, type FakeWorld, ROOM } from "../../../fake-world.js";
import { legacyPolicy } from "../../../policy/sample-policies.js";
import { pressed } from "../../../pressed-cards.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";
const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const OTHER = "cc000000-0000-4000-8000-000000000000" as Aaguid;
const DAY_MS = 24 * 60 * 60_000;

let story: WatchStory;
let world: FakeWorld;
beforeEach(async () => {
  story = new WatchStory();
  world = story.world;
  world.policy = legacyPolicy({
    isAttestationEnforced: false,
    keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [NFC, OTHER] },
  });
  world.passkeys.set("emmy", [NFC]);
  world.passkeys.set("alan", []);
  world.addGroup(PILOT, "Pilot", "alan");
  await world.scan();
});

/** Ada asks for it, and Grace approves. @returns the number of the plan */
async function done(words: string): Promise<number> {
  const said = parseCommand(words);
  if (said.kind !== "command") throw new Error(said.kind);
  const request = {
    command: said.command as ChangeCommand,
    typed: words,
    requester: ADA,
    conversation: ROOM,
  };
  const plan = await proposeChange(world.ports, world.rules, request);
  if ("kind" in plan) throw new Error(JSON.stringify(plan));
  const answer = await approvePlan(world.ports, world.rules, pressed(plan), ASSERTION);
  if (answer.kind !== "decided") throw new Error(JSON.stringify(answer));
  return plan.number;
}

async function lately(typed = "emmy") {
  const report = await reportPerson(world.ports, world.rules, { typed });
  if (report.kind !== "person") throw new Error(report.kind);
  return report.lately;
}

describe("what changed lately for one person", () => {
  it("is the plan that took their key, and the one that gave it back, newest first", async () => {
    const first = await done(`remove ${NFC}`);
    world.advance(60_000);
    await world.scan();
    const second = await done(`allow ${NFC}`);
    expect(await lately()).toMatchObject([
      { by: "plan", plan: { number: second }, effect: { took: [], gave: [NFC] } },
      { by: "plan", plan: { number: first }, effect: { took: [NFC], gave: [] } },
    ]);
  });

  it("is not what left them as they were", async () => {
    world.passkeys.set("emmy", []);
    await done('exclude group "Pilot"');
    expect(await lately()).toEqual([]);
    expect(await lately("alan")).toMatchObject([{ effect: { reach: "went", took: [] } }]);
  });

  it("is another list for them as well, and attestation, which stop no key of theirs", async () => {
    await done(`remove ${OTHER}`);
    expect(await lately()).toMatchObject([{ effect: { took: [], gave: [], hasOtherRules: true } }]);
    world.advance(60_000);
    await done("enable passkeys with attestation");
    expect(await lately()).toMatchObject([{ effect: { attestation: "came" } }, {}]);
  });

  it("is no plan that was not applied, and none of more than three months ago", async () => {
    await done(`remove ${NFC}`);
    world.advance(91 * DAY_MS);
    await world.scan();
    const command = { kind: "allow", models: [NFC] } as const;
    await proposeChange(world.ports, world.rules, { command, typed: "", requester: ADA, conversation: ROOM });
    expect(await lately()).toEqual([]);
  });

  it("is what was changed outside Latchkey, with whom the audit log names", async () => {
    world.otherWriters = [{ name: "Eve", at: "2026-11-22T10:00:00.000Z" }];
    await story.drift({ state: "disabled" });
    expect(await lately()).toMatchObject([
      { by: "drift", driftNumber: 1, isOpen: true, effect: { reach: "went", took: [NFC] } },
    ]);
  });
});
