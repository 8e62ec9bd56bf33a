import { beforeEach, describe, expect, it } from "vitest";
import { groupId, personId } from "../../../../../src/core/person.js";
import { type Aaguid, AUTHENTICATOR_IOS } from "../../../../../src/core/policy/policy.js";
import { obstaclesTo } from "../../../../../src/core/report/standing/person/judged-passkey.js";
import { reportPerson } from "../../../../../src/core/report/standing/person/person-report.js";
import { FakeWorld } from "../../../fake-world.js";
import { legacyPolicy, profilesPolicy, SYNCED_PROFILE } from "../../../policy/sample-policies.js";

const PILOT = "1a2b3c4d-0000-4000-8000-000000000001";
const CONTRACTORS = "1a2b3c4d-0000-4000-8000-000000000002";
const NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const OTHER = "cc000000-0000-4000-8000-000000000000" as Aaguid;

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  targetType: "group",
  id,
  isRegistrationRequired: false,
  ...(allowedPasskeyProfiles.length === 0 ? {} : { allowedPasskeyProfiles }),
});
const forPilot = (changes = {}) => legacyPolicy({ includeTargets: [target(PILOT)], ...changes });
const list = (...aaGuids: string[]) => ({
  keyRestrictions: { isEnforced: true, enforcementType: "allow", aaGuids },
});

let world: FakeWorld;
beforeEach(() => {
  world = new FakeWorld();
  world.passkeys.set("alan turing", []);
  world.passkeys.set("emmy noether", [NFC, OTHER]);
  world.passkeys.set("emmy ross", [NFC]);
  world.addGroup(PILOT, "Pilot", "emmy noether", "alan turing");
  world.addGroup(CONTRACTORS, "Contractors", "emmy noether");
});

const ask = async (typed: string) => {
  await world.scan();
  return reportPerson(world.ports, world.rules, { typed });
};

describe("what one person registered", () => {
  it("is judged by today's policy, passkey by passkey", async () => {
    world.policy = forPilot(list(NFC, AUTHENTICATOR_IOS));
    expect(await ask("Emmy Noether")).toMatchObject({
      kind: "person",
      person: { name: "emmy noether" },
      coverage: { kind: "covered", by: [PILOT] },
      passkeys: [
        { aaguid: NFC, usable: "yes" },
        {
          aaguid: OTHER,
          usable: "no",
          verdicts: [
            { type: "deviceBound", obstacles: [{ kind: "rules", sets: [{ faults: ["not-listed"] }] }] },
          ],
        },
      ],
    });
  });

  it("cannot be used where passkeys are off, excluded, or for others", async () => {
    const why = async (policy: ReturnType<typeof legacyPolicy>) => {
      world.policy = policy;
      const report = await ask("emmy noether");
      if (report.kind !== "person") return report.kind;
      return report.passkeys?.map((passkey) =>
        obstaclesTo(passkey)
          .map(({ kind }) => kind)
          .join(),
      );
    };
    expect(await why(forPilot({ state: "disabled" }))).toEqual(["off", "off"]);
    expect(await why(forPilot({ excludeTargets: [target(CONTRACTORS)] }))).toEqual(["excluded", "excluded"]);
    world.groups.delete(groupId(PILOT));
    expect(await why(forPilot())).toEqual(["outside", "outside"]);
  });

  it("depends on the kind where Graph did not say it and only one may be used", async () => {
    world.policy = profilesPolicy({ includeTargets: [target(PILOT, SYNCED_PROFILE)] });
    expect(await ask("emmy noether")).toMatchObject({ rules: [{ id: SYNCED_PROFILE }] });
  });

  it("is nothing where a person registered none, which is not the same as not known", async () => {
    world.policy = forPilot();
    expect(await ask("alan turing")).toMatchObject({ kind: "person", passkeys: [] });
    world.passkeys.set("ida rhodes", "throttled");
    const unread = await ask("ida rhodes");
    expect(unread).toMatchObject({ kind: "person" });
    expect(unread).not.toHaveProperty("passkeys");
  });

  it("may be one that could not be registered today, where attestation is asked for and it gave none", async () => {
    world.policy = forPilot({ isAttestationEnforced: true });
    world.onAsk = async (people) => {
      const { answers, later } = world.truth(people);
      const unattested = answers.map((answer) =>
        answer.kind === "read"
          ? { ...answer, passkeys: answer.passkeys.map((passkey) => ({ ...passkey, attested: false })) }
          : answer,
      );
      return { answers: unattested, later };
    };
    expect(await ask("emmy noether")).toMatchObject({
      passkeys: [
        { usable: "yes", isOnlyOldAllowed: true },
        { usable: "yes", isOnlyOldAllowed: true },
      ],
    });
    world.policy = forPilot({ isAttestationEnforced: false });
    const report = await ask("emmy noether");
    expect(
      report.kind === "person" && report.passkeys?.map(({ isOnlyOldAllowed }) => isOnlyOldAllowed),
    ).toEqual([undefined, undefined]);
  });

  it("is said to be beside the lists of authentication strengths", async () => {
    world.policy = forPilot();
    world.strengths = [{ name: "Hardware keys", aaguids: [NFC] }];
    expect(await ask("emmy noether")).toMatchObject({
      passkeys: [
        { aaguid: NFC, notInStrengths: [] },
        { aaguid: OTHER, notInStrengths: ["Hardware keys"] },
      ],
    });
  });

  it("is nothing a guest can add to", async () => {
    world.policy = forPilot();
    world.guests.add("alan turing");
    expect(await ask("alan turing")).toMatchObject({ isGuest: true });
    expect(await ask("emmy noether")).toMatchObject({ isGuest: false });
  });

  it("is not known before the first scan", async () => {
    world.policy = forPilot();
    const report = await reportPerson(world.ports, world.rules, { typed: "alan turing" });
    expect(report).toMatchObject({ kind: "person", coverage: { kind: "covered" } });
    expect(report).not.toHaveProperty("passkeys");
  });
});

describe("which person is meant", () => {
  it("is asked when a name fits several, and found by the whole name or the object id", async () => {
    world.policy = forPilot();
    expect(await ask("emmy")).toMatchObject({
      kind: "several",
      people: [{ name: "emmy noether" }, { name: "emmy ross" }],
    });
    expect(await ask("EMMY  ROSS")).toMatchObject({ kind: "person", person: { id: personId("emmy ross") } });
  });

  it("is found by a family name among those who have passkeys", async () => {
    world.policy = forPilot();
    expect(await ask("noether")).toMatchObject({ kind: "person", person: { name: "emmy noether" } });
    expect(await ask("other")).toEqual({ kind: "none" });
  });
});
