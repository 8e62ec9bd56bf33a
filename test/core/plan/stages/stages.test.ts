import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/core/json.js";
import { conversationId, type GroupId } from "../../../../src/core/person.js";
import { resolveNextStage } from "../../../../src/core/plan/stages/resolve-next-stage.js";
import { endStages, writeStages } from "../../../../src/core/plan/stages/write-stages.js";
import { ADA, FakeWorld } from "../../fake-world.js";
import {
  DEFAULT_PROFILE,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
} from "../../policy/sample-policies.js";

const id = (digit: string) => `${digit.repeat(8)}-1111-4111-8111-111111111111` as GroupId;
const [PILOT, IT, FINANCE] = [id("a"), id("b"), id("c")];
const ROOM = conversationId("room");
const target = (group: string, ...allowedPasskeyProfiles: string[]): JsonObject => ({
  targetType: "group",
  id: group,
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
  world.addGroup(PILOT, "Pilot");
  world.addGroup(IT, "IT");
  world.addGroup(FINANCE, "Finance");
});

const write = (...stages: string[]) =>
  writeStages(world.ports, world.rules, { stages, by: ADA, conversation: ROOM });
const next = (policy: JsonObject) => {
  world.policy = policy;
  return resolveNextStage(world.ports, world.rules);
};

describe("stages", () => {
  it("are written down with who wrote them, on record, and propose nothing", async () => {
    await write("Pilot", "IT", "everyone");
    const written = await write("Pilot", "Finance", "everyone");
    expect(written).toMatchObject({
      by: ADA,
      stages: [
        { kind: "group", group: { id: PILOT, name: "Pilot" } },
        { kind: "group", group: { id: FINANCE, name: "Finance" } },
        { kind: "everyone" },
      ],
    });
    expect(await world.ports.stages.find(world.rules.tenantId)).toEqual(written);
    const records = world.store.records.filter(({ event }) => event === "stages-written");
    expect(records).toMatchObject([
      { by: ADA, conversation: ROOM },
      { detail: { before: [{ group: { name: "Pilot" } }, { group: { name: "IT" } }, { kind: "everyone" }] } },
    ]);
    expect(world.store.plansByNumber.size).toBe(0);
  });

  it.each([
    [["Pilot", "everyone", "IT"], "everyone-not-last"],
    [["Pilot", "IT", "Pilot"], "stage-twice"],
    [["Pilot", "Nowhere"], "unknown-group"],
    [Array.from({ length: 13 }, (_, at) => `Group ${at}`), "too-many-stages"],
  ])("that make no order are refused, and those before stay: %j", async (stages, code) => {
    const before = await write("Pilot", "IT");
    expect(await write(...stages)).toMatchObject({ kind: "refusal", code });
    expect(await world.ports.stages.find(world.rules.tenantId)).toEqual(before);
  });

  it("are forgotten once", async () => {
    await write("Pilot", "IT");
    const end = () => endStages(world.ports, world.rules, { by: ADA, conversation: ROOM });
    expect([await end(), await end()]).toEqual([true, false]);
    expect(world.store.records.filter(({ event }) => event === "stages-ended")).toHaveLength(1);
  });
});

describe("the next stage", () => {
  it("is asked for where none is written down", async () => {
    expect(await next(legacyPolicy())).toMatchObject({ code: "no-stages" });
  });

  it("turns passkeys on for the first while they are off, and then goes on with what that has", async () => {
    await write("Pilot", "IT", "everyone");
    expect(await next(legacyPolicy({ state: "disabled" }))).toMatchObject({
      kind: "enable",
      targets: { kind: "groups", groups: [{ id: PILOT }] },
    });
    expect(await next(legacyPolicy({ includeTargets: [target(PILOT)] }))).toEqual({
      kind: "promote",
      targets: { kind: "groups", groups: [{ id: IT, name: "IT" }] },
      from: { id: PILOT, name: "Pilot" },
    });
    expect(await next(legacyPolicy({ includeTargets: [target(PILOT), target(IT)] }))).toMatchObject({
      kind: "promote",
      targets: { kind: "all-users" },
      from: { id: IT },
    });
    expect(await next(legacyPolicy())).toMatchObject({ code: "no-stage-left" });
  });

  it("takes the profiles of the stage before, whatever other groups have", async () => {
    await write("Pilot", "IT");
    const includeTargets = [target(PILOT, SYNCED_PROFILE), target(FINANCE, DEFAULT_PROFILE)];
    expect(await next(profilesPolicy({ includeTargets }))).toMatchObject({
      kind: "promote",
      from: { id: PILOT },
    });
  });
});
