import { describe, expect, it } from "vitest";
import { groupId, personId } from "../../../../src/core/person.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid, ProfilesPolicy } from "../../../../src/core/policy/policy.js";
import type { JudgedPasskey } from "../../../../src/core/report/standing/person/judged-passkey.js";
import type { PersonReport } from "../../../../src/core/report/standing/person/person-report.js";
import { personCard } from "../../../../src/teams/cards/reports/standing/person/person-card.js";
import { profilesPolicy } from "../../../core/policy/sample-policies.js";
import { model } from "../../../core/report/fake-reports.js";
import { cardProblems } from "../adaptive-card-schema.js";
import { words } from "../card-words.js";

const LONG = "名".repeat(200);
const policy = parsePolicy(profilesPolicy()) as ProfilesPolicy;
const profiles = ["1", "2", "3"].map((id) => ({ id, name: `${id} ${LONG}` }));
const aaguid = (at: number) => `aa000000-0000-4000-8000-${String(at).padStart(12, "0")}` as Aaguid;

const keptOut = (at: number): JudgedPasskey => ({
  aaguid: aaguid(at),
  model: undefined,
  type: "synced",
  attested: false,
  known: model(aaguid(at), `${at} ${LONG}`),
  usable: "no",
  verdicts: [
    {
      type: "synced",
      obstacles: [
        { kind: "off" },
        { kind: "excluded", by: ["1a2b3c4d-0000-4000-8000-000000000001"] },
        { kind: "rules", sets: profiles.map((profile) => ({ profile, faults: ["kind", "not-listed"] })) },
      ],
    },
  ],
  notInStrengths: [LONG, LONG, LONG, LONG],
});

function report(passkeys: readonly JudgedPasskey[]): PersonReport {
  return {
    kind: "person",
    person: { id: personId("emmy"), name: LONG },
    policy,
    coverage: { kind: "excluded", by: ["1a2b3c4d-0000-4000-8000-000000000001"] },
    rules: policy.profiles.map((profile) => ({ ...profile, name: LONG })),
    isGuest: false,
    passkeys,
    lately: Array.from({ length: 12 }, (_, at) => ({
      by: "drift" as const,
      at: "2026-11-22T10:00:00.000Z",
      driftNumber: at + 1,
      writers: [LONG, LONG, LONG, LONG],
      isOpen: false,
      effect: { took: passkeys.map((passkey) => passkey.aaguid), gave: [], hasOtherRules: true },
    })),
    ownGroups: [{ id: groupId("1a2b3c4d-0000-4000-8000-000000000002"), name: LONG, people: 9 }],
    groupNames: { "1a2b3c4d-0000-4000-8000-000000000001": LONG },
  };
}

describe("the card of one person", () => {
  it("fits a message of Teams with as many keys as Entra lets a person have, and the longest names", () => {
    const card = personCard(report(Array.from({ length: 10 }, (_, at) => keptOut(at))));
    expect(cardProblems(card)).toEqual([]);
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThan(28_000);
  });

  it("says of a key all that keeps it out", () => {
    const said = words(personCard(report([keptOut(1)])));
    expect(said).toContain("passkeys are off for everybody; and excluded as a member of");
    expect(said).toContain("takes no synced passkeys and does not have this model on its list");
    expect(said).toContain("and 7 before that");
  });
});
