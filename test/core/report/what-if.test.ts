import { describe, expect, it } from "vitest";
import type { ChangeCommand } from "../../../src/core/command/command.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { NO_SCAN } from "../../../src/core/report/find-scan.js";
import { whatIf } from "../../../src/core/report/what-if.js";
import { ADA, ROOM } from "../fake-world.js";
import { KEY, OTHER_KEY, ProposalStory } from "../plan/proposal-story.js";
import { legacyPolicy } from "../policy/sample-policies.js";

const OFF: ChangeCommand = { kind: "disable" };

async function story(): Promise<ProposalStory> {
  const told = new ProposalStory();
  told.world.policy = legacyPolicy({ state: "enabled" });
  told.world.passkeys.set("alan", [KEY]);
  await told.world.scan();
  return told;
}

function ask({ world, rules }: ProposalStory, change: ChangeCommand) {
  return whatIf(world.ports, rules, { change, said: "said", person: ADA, conversation: ROOM });
}

describe("a question about a change", () => {
  it("is answered as its plan would be, down to who loses sign-in", async () => {
    const told = await story();
    const answer = await ask(told, OFF);
    const plan = await told.planned("disable");
    expect(answer).toMatchObject({ proposal: { impact: { losing: [{ id: "alan" }] } } });
    expect(answer).toMatchObject({ proposal: plan.proposal, intent: plan.intent });
  });

  it("stores, records, shows, scans and writes nothing", async () => {
    const told = await story();
    const { world } = told;
    const before = {
      records: [...world.store.records],
      scans: await world.ports.scans.running(told.rules.tenantId),
      asked: [...world.asked],
      news: [...world.news],
    };
    expect(await ask(told, OFF)).toHaveProperty("proposal");
    expect(world.store.plansByNumber.size).toBe(0);
    expect(await world.ports.deferred.all(told.rules.tenantId)).toEqual([]);
    expect(world.store.records).toEqual(before.records);
    expect(await world.ports.scans.running(told.rules.tenantId)).toEqual(before.scans);
    expect([world.asked, world.news]).toEqual([before.asked, before.news]);
    expect([world.announced, world.patches]).toEqual([[], []]);
  });

  it("is answered for all models of a name that people have, where a plan would ask which", async () => {
    const told = await story();
    const { ports } = told.world;
    const names = new Map([
      [KEY, "Titan v1"],
      [OTHER_KEY, "Titan v2"],
    ]);
    const modelOf = (aaguid: Aaguid) => ({
      ...ports.catalogue.model(aaguid),
      name: names.get(aaguid) ?? aaguid,
    });
    const catalogue = {
      ...ports.catalogue,
      model: modelOf,
      search: () => [KEY, OTHER_KEY].map((aaguid) => ({ model: modelOf(aaguid), match: "close" as const })),
    };
    const change: ChangeCommand = { kind: "remove", models: ["titan"] };
    const question = { change, said: "remove titan", person: ADA, conversation: ROOM };
    told.world.policy = legacyPolicy({
      state: "enabled",
      keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [KEY, OTHER_KEY] },
    });
    const answer = await whatIf({ ...ports, catalogue }, told.rules, question);
    expect(answer).toMatchObject({ severalCalled: "titan", command: "remove titan" });
    expect(answer).toMatchObject({ proposal: { impact: { losing: [{ id: "alan" }] } } });
    expect(answer).toMatchObject({ intent: { aaguids: [KEY] } });
    // Nobody has another.
    told.world.passkeys.clear();
    await told.world.scan();
    expect(await whatIf({ ...ports, catalogue }, told.rules, question)).toMatchObject({
      code: "ambiguous-model",
    });
  });

  it("is answered with why it could not be proposed", async () => {
    const told = await story();
    const groups = ["Nobody"];
    expect(await ask(told, { kind: "add-group", groups })).toMatchObject({ code: "unknown-group" });
  });

  it("begins no scan where there is none to tell by", async () => {
    const told = new ProposalStory();
    expect(await ask(told, OFF)).toEqual(NO_SCAN);
    expect(await told.world.ports.scans.running(told.rules.tenantId)).toBeUndefined();
    expect(await told.world.ports.deferred.all(told.rules.tenantId)).toEqual([]);
  });
});
