import { beforeEach, describe, expect, it } from "vitest";
import type { ChangeCommand } from "../../../../../src/core/command/command.js";
import { parseCommand } from "../../../../../src/core/command/parse-command.js";
import type { JsonObject } from "../../../../../src/core/json.js";
import { proposeChange } from "../../../../../src/core/plan/propose-change.js";
import type { Aaguid } from "../../../../../src/core/policy/policy.js";
import { reportPerson } from "../../../../../src/core/report/standing/person/person-report.js";
import { remediesFor } from "../../../../../src/core/report/standing/person/remedies.js";
import { ADA, FakeWorld, ROOM } from "../../../fake-world.js";
import {
  DEFAULT_PROFILE,
  legacyPolicy,
  profilesPolicy,
  SYNCED_PROFILE,
} from "../../../policy/sample-policies.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";
const STAFF = "1a2b3c4d-0000-4000-8000-000000000002";
const CONTRACTORS = "1a2b3c4d-0000-4000-8000-000000000003";
const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const OTHER = "cc000000-0000-4000-8000-000000000000";

const list = (enforcementType: "allow" | "block", ...aaGuids: string[]): JsonObject => ({
  keyRestrictions: { isEnforced: true, enforcementType, aaGuids },
});
const target = (id: string, ...allowedPasskeyProfiles: string[]): JsonObject => ({
  targetType: "group",
  id,
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});
const profile = (id: string, name: string, changes: JsonObject): JsonObject => ({
  id,
  name,
  attestationEnforcement: "disabled",
  passkeyTypes: "deviceBound,synced",
  keyRestrictions: { isEnforced: false, enforcementType: "allow", aaGuids: [] },
  ...changes,
});

/** A second profile, which all users have alone. */
const withSecond = (name: string, changes: JsonObject): JsonObject =>
  profilesPolicy({
    includeTargets: [target("all_users", SYNCED_PROFILE)],
    passkeyProfiles: [profile(DEFAULT_PROFILE, "Default", {}), profile(SYNCED_PROFILE, name, changes)],
  });

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
  world.passkeys.set("emmy", [NFC]);
  world.passkeys.set("alan", []);
  world.addGroup(PILOT, "Pilot", "alan");
  world.addGroup(STAFF, "Staff, all of it", "emmy", "alan");
  world.addGroup(CONTRACTORS, "Contractors", "emmy");
});

async function report() {
  const found = await reportPerson(world.ports, world.rules, { typed: "emmy" });
  if (found.kind !== "person") throw new Error(found.kind);
  return found;
}

/** What is offered for Emmy. */
async function offered(): Promise<readonly string[]> {
  await world.scan();
  return remediesFor(await report()).map(({ say }) => say);
}

/** The policy once a button was pressed and its plan is in force. */
async function after(words: string): Promise<JsonObject> {
  const said = parseCommand(words);
  if (said.kind !== "command") throw new Error(`${words} is ${said.kind}`);
  const command = said.command as ChangeCommand;
  const plan = await proposeChange(world.ports, world.rules, {
    command,
    typed: words,
    requester: ADA,
    conversation: ROOM,
  });
  if ("kind" in plan) throw new Error(JSON.stringify(plan));
  return plan.proposal.after;
}

describe("what can be proposed for one person", () => {
  it.each<readonly [string, () => JsonObject, readonly string[]]>([
    [
      "passkeys are off",
      () => legacyPolicy({ state: "disabled", ...list("allow", OTHER) }),
      ["enable passkeys"],
    ],
    [
      "a group of theirs is excluded",
      () => legacyPolicy({ excludeTargets: [target(CONTRACTORS)] }),
      ['include group "Contractors" again'],
    ],
    [
      "no group of theirs is included: the smallest first",
      () => legacyPolicy({ includeTargets: [target(PILOT)] }),
      ['add group "Contractors"', 'add group "Staff, all of it"'],
    ],
    ["the model is not on the list", () => legacyPolicy(list("allow", OTHER)), [`allow ${NFC}`]],
    ["the model is blocked", () => legacyPolicy(list("block", NFC, OTHER)), [`allow ${NFC}`]],
    [
      "the nearest profile lacks the kind and the model",
      () =>
        profilesPolicy({
          includeTargets: [target("all_users", SYNCED_PROFILE)],
          passkeyProfiles: [
            profile(DEFAULT_PROFILE, "Default", {}),
            profile(SYNCED_PROFILE, "For phones", { passkeyTypes: "synced", ...list("allow", OTHER) }),
          ],
        }),
      [`allow ${NFC} in profile "For phones" with device-bound passkeys`],
    ],
    ...(
      [
        ["nothing is restricted", {}],
        ["the model is listed already", list("allow", NFC)],
        ["another model is blocked", list("block", OTHER)],
      ] as const
    ).map(
      ([where, restriction]) =>
        [
          `only the kind is not taken, and ${where}`,
          () => withSecond("Phones", { passkeyTypes: "synced", ...restriction }),
          [`allow ${NFC} in profile "Phones" with device-bound passkeys`],
        ] as const,
    ),
    [
      "the profile has a name that no quotes can hold",
      () => withSecond('The "best" one', list("allow", OTHER)),
      [`allow ${NFC} in profile ${SYNCED_PROFILE}`],
    ],
    [
      "their group has no profile",
      () => profilesPolicy({ includeTargets: [target(CONTRACTORS)] }),
      ['add group "Contractors"'],
    ],
  ])("where %s, and it makes the key work", async (_, policy, words) => {
    world.policy = policy();
    expect(await offered()).toEqual(words);
    world.policy = await after(words[0] ?? "");
    expect((await report()).passkeys).toMatchObject([{ usable: "yes" }]);
  });

  it("is nothing where the key works, or no plan could help", async () => {
    world.policy = legacyPolicy();
    expect(await offered()).toEqual([]);
    world.policy = legacyPolicy({ excludeTargets: [target(CONTRACTORS)] });
    world.guests.add("emmy");
    expect(await offered()).toEqual([]);
  });

  it("is not to let in a model that names none, nor one that the metadata warns of", async () => {
    world.policy = legacyPolicy(list("allow", OTHER));
    world.passkeys.set("emmy", ["00000000-0000-0000-0000-000000000000" as Aaguid]);
    expect(await offered()).toEqual([]);
    world.passkeys.set("emmy", [NFC]);
    const { model } = world.ports.catalogue;
    world.ports.catalogue.model = (aaguid, hint) => ({
      ...model(aaguid, hint),
      warnings: [{ status: "REVOKED", since: "2025-03-01" }],
    });
    expect(await offered()).toEqual([]);
  });
});
