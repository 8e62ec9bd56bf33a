import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../src/core/errors.js";
import { groupId, personId } from "../../../../src/core/person.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../../src/core/policy/policy.js";
import { doorstepOf, readRefusals } from "../../../../src/core/report/standing/blocked.js";
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
const read = async () => doorstepOf(world.ports, await readRefusals(world.ports), POLICY, MEMBERSHIPS);

describe("who was refused a passkey lately", () => {
  it("is counted by model and by group, a person once, however many entries an attempt makes", async () => {
    world.refusals = () => ({
      refused: [
        { person: ONE },
        { person: ONE, aaguid: NANO },
        { person: ONE, aaguid: NANO },
        { person: TWO, aaguid: NANO },
        { person: THREE },
      ],
      isWhole: false,
    });
    expect(await read()).toMatchObject({
      kind: "blocked",
      people: 3,
      byModel: [{ model: { aaguid: NANO }, allowed: "no", people: 2 }, { people: 1 }],
      byGroup: [{ id: PILOT, people: 2 }],
      outside: 1,
      isWhole: false,
    });
  });

  it("is no one, where the log has had such an entry before", async () => {
    const lastAt = new Date(world.time - 20 * 24 * 60 * 60_000).toISOString();
    const refused = [
      { person: ONE, at: "2020-01-01T00:00:00.000Z" },
      { person: TWO, at: lastAt },
    ];
    world.refusals = (since) => ({ refused: since <= lastAt ? refused : [], isWhole: true });
    expect(await read()).toEqual({ kind: "none", lastAt });
    // The newest pages named no one, and others were not read: then it may be anyone.
    world.refusals = (since) => ({ refused: since <= lastAt ? refused : [], isWhole: since <= lastAt });
    expect(await read()).toEqual({ kind: "never-seen", days: 30, isWhole: false });
  });

  it("is not known to be no one, where the log never named any", async () => {
    expect(await read()).toEqual({ kind: "never-seen", days: 30, isWhole: true });
    let asked = 0;
    world.refusals = () => {
      asked += 1;
      return asked === 1 ? { refused: [], isWhole: true } : new Fault("graph-throttled", "busy");
    };
    expect(await read()).toEqual({ kind: "never-seen", days: 7, isWhole: true });
  });

  it("is not known where the log cannot be read, and the log says why", async () => {
    world.refusals = () => new Fault("graph-denied", "no permission");
    expect(await read()).toEqual({ kind: "unread", fault: "graph-denied" });
    expect(world.noted.map(({ event }) => event)).toContain("refused-registrations-not-read");
  });
});
