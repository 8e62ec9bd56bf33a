import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import { groupId, personId } from "../../../../src/core/person.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { readBlocked } from "../../../../src/core/report/standing/blocked.js";
import { FakeWorld } from "../../fake-world.js";
import { legacyPolicy } from "../../policy/sample-policies.js";

const NFC = "aa000000-0000-4000-8000-000000000000" as Aaguid;
const NANO = "bb000000-0000-4000-8000-000000000000" as Aaguid;
const PILOT = groupId("pilot");
const [ONE, TWO, THREE] = ["one", "two", "three"].map(personId) as [
  ReturnType<typeof personId>,
  ReturnType<typeof personId>,
  ReturnType<typeof personId>,
];
const POLICY = parsePolicy({
  ...legacyPolicy({ keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids: [NFC] } }),
  includeTargets: [
    { id: PILOT, targetType: "group", isRegistrationRequired: false, allowedPasskeyProfiles: [] },
  ],
});
const MEMBERSHIPS = new Map([[PILOT, new Set([ONE, TWO])]]);

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
});
const read = () => readBlocked(world.ports, POLICY, MEMBERSHIPS);

describe("who was refused a passkey lately", () => {
  it("is counted by model and by group, a person once, however many entries an attempt makes", async () => {
    world.refusals = {
      refused: [
        { person: ONE },
        { person: ONE, aaguid: NANO },
        { person: ONE, aaguid: NANO },
        { person: TWO, aaguid: NANO },
        { person: THREE },
      ],
      isWhole: false,
    };
    expect(await read()).toMatchObject({
      people: 3,
      byModel: [{ model: { aaguid: NANO }, allowed: "no", people: 2 }, { people: 1 }],
      byGroup: [{ id: PILOT, people: 2 }],
      outside: 1,
      isWhole: false,
    });
  });

  it("is not said where the log names no such person, or cannot be read", async () => {
    expect(await read()).toBeUndefined();
    world.refusals = new Fault("graph-denied", "no permission");
    expect(await read()).toBeUndefined();
    expect(world.noted.map(({ event }) => event)).toContain("refused-registrations-not-read");
  });
});
