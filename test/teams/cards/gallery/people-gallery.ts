import { groupId, personId } from "../../../../src/core/person.js";
import { summaryOf } from "../../../../src/core/plan/plan.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { Aaguid, LegacyPolicy, ProfilesPolicy } from "../../../../src/core/policy/policy.js";
import type { AdoptionReport } from "../../../../src/core/report/adoption/adoption-report.js";
import type { Adoption } from "../../../../src/core/report/standing/adoption.js";
import { judge } from "../../../../src/core/report/standing/person/judged-passkey.js";
import type { PersonReport } from "../../../../src/core/report/standing/person/person-report.js";
import { adoptionCard } from "../../../../src/teams/cards/reports/standing/adoption/adoption-card.js";
import { peopleListCard } from "../../../../src/teams/cards/reports/standing/people-list-card.js";
import { personCard } from "../../../../src/teams/cards/reports/standing/person/person-card.js";
import { withoutCard } from "../../../../src/teams/cards/reports/standing/without-card.js";
import { profilesPolicy } from "../../../core/policy/sample-policies.js";
import { FakeReports, model } from "../../../core/report/fake-reports.js";
import { APPROVAL, AT, enablePlan, LATER, policy, STATES } from "../plan/sample-plans.js";
import { found, NEO, NFC } from "../scan/sample-scans.js";
import type { Exhibit } from "./gallery.js";

const named = { modelNames: enablePlan().proposal.modelNames, groupNames: {} };
const applied = enablePlan({ state: STATES.applied ?? { kind: "waiting" }, approvals: [APPROVAL] });
const profiles = parsePolicy(profilesPolicy()) as ProfilesPolicy;

const ADOPTION: Adoption = {
  of: "accounts",
  people: 240,
  withPasskey: 174,
  deviceBound: 170,
  synced: 9,
  outside: 0,
};

const MISSING = ["Mary Shelley", "Alan Kay", "Barbara Liskov"].map((name, at) => ({
  id: personId(`p${at}`),
  name,
  isAdmin: at === 0,
}));

/** Knows by name the model that is judged here. */
const catalogued = new FakeReports();
catalogued.models = [model(NEO, "YubiKey NEO")];

const PILOT_GROUP = "1a2b3c4d-0000-4000-8000-000000000003";

const person: PersonReport = {
  kind: "person",
  person: { id: personId("p9"), name: "Emmy Noether" },
  policy: parsePolicy(policy()),
  coverage: { kind: "covered", by: ["all_users"] },
  rules: [parsePolicy(policy()) as LegacyPolicy],
  passkeys: [
    {
      aaguid: NFC as Aaguid,
      model: undefined,
      type: "deviceBound",
      attested: true,
      known: model(NFC, "YubiKey 5 NFC"),
      usable: "yes",
      verdicts: [{ type: "deviceBound", obstacles: [] }],
      notInStrengths: [],
    },
    {
      aaguid: NEO as Aaguid,
      model: undefined,
      type: "deviceBound",
      attested: false,
      known: model(NEO, "YubiKey NEO", { warnings: [{ status: "REVOKED", since: "2025-03-01" }] }),
      usable: "no",
      verdicts: [{ type: "deviceBound", obstacles: [{ kind: "rules", sets: [{ faults: ["not-listed"] }] }] }],
      notInStrengths: ["Hardware keys for admins"],
    },
  ],
  isGuest: false,
  lately: [
    {
      by: "plan",
      plan: summaryOf(applied),
      at: AT,
      effect: { took: [NEO as Aaguid], gave: [], hasOtherRules: true },
    },
    {
      by: "drift",
      driftNumber: 3,
      writers: ["Eve Example"],
      isOpen: false,
      at: AT,
      effect: { took: [], gave: [], attestation: "came", hasOtherRules: false },
    },
  ],
  ownGroups: [],
  inventory: found(),
  ...named,
};

const FINANCE = groupId("1a2b3c4d-0000-4000-8000-000000000004");
const figures = (people: number, withPasskey: number) => ({
  people,
  withPasskey,
  deviceBound: withPasskey - 4,
  synced: 7,
  both: 3,
  unsaid: 0,
});
const ago = (day: string, withPasskey: number) => ({ day, figures: figures(240, withPasskey) });
const WEEK_AGO = ago("2026-11-15", 131);
const MONTH_AGO = ago("2026-10-22", 60);

const adoption: AdoptionReport = {
  kind: "adoption",
  ...named,
  groupNames: { [FINANCE]: "Finance", [PILOT_GROUP]: "Pilot" },
  policy: parsePolicy(policy()),
  of: "groups",
  figures: { ...figures(240, 174), admins: { people: 12, withPasskey: 11 } },
  outside: 3,
  byGroup: new Map([
    [groupId(PILOT_GROUP), figures(40, 38)],
    [FINANCE, figures(200, 136)],
  ]),
  course: {
    points: [MONTH_AGO, ago("2026-11-01", 90), ago("2026-11-08", 118), WEEK_AGO],
    weekAgo: WEEK_AGO,
    monthAgo: MONTH_AGO,
  },
  inventory: found(),
  readAt: AT,
  scanRunning: false,
};

/** Cards about people: one of them, and those without a passkey. */
export const PEOPLE: readonly Exhibit[] = [
  ["adoption", "How far the rollout is, and how it went", () => adoptionCard(adoption)],
  [
    "adoption-of-group",
    "The same of one group on the first day, in a tenant without Entra ID P1",
    () =>
      adoptionCard({
        ...adoption,
        group: { id: FINANCE, name: "Finance", inScope: 0 },
        figures: { ...figures(200, 9), unsaid: 1 },
        outside: 0,
        byGroup: new Map(),
        course: { points: [] },
        inventory: { ...found(), path: "all-users", unreadCount: 2 },
      }),
  ],
  [
    "people-list",
    "Who has no passkey, as a file",
    () =>
      peopleListCard(
        {
          kind: "people-list-given",
          group: { id: FINANCE, name: "Finance" },
          secret: "secret",
          validUntil: LATER,
          scannedAt: AT,
        },
        { url: "https://latchkey.example/people/secret", said: "export who has no passkey in Finance" },
      ),
  ],
  ["person", "One person's passkeys", () => personCard(person)],
  [
    "person-blocked",
    "A person whose profiles let no key of theirs in, and what can be proposed",
    () =>
      personCard({
        ...person,
        policy: profiles,
        rules: profiles.profiles,
        passkeys: [
          judge(
            catalogued,
            { aaguid: NEO as Aaguid, model: undefined, type: "deviceBound", attested: true },
            {
              policy: profiles,
              targets: { include: ["all_users"], exclude: [] },
              rules: profiles.profiles,
              strengths: [],
            },
          ),
        ],
        lately: [],
      }),
  ],
  [
    "person-outside",
    "A person whom the policy is not for, while passkeys are off",
    () =>
      personCard({
        ...person,
        policy: parsePolicy(
          policy({ state: "disabled", includeTargets: [{ targetType: "group", id: PILOT_GROUP }] }),
        ),
        groupNames: { [PILOT_GROUP]: "Pilot" },
        coverage: { kind: "outside" },
        passkeys: [
          {
            aaguid: NFC as Aaguid,
            model: undefined,
            type: "deviceBound",
            attested: true,
            known: model(NFC, "YubiKey 5 NFC"),
            usable: "no",
            verdicts: [{ type: "deviceBound", obstacles: [{ kind: "off" }, { kind: "outside" }] }],
            notInStrengths: [],
          },
        ],
        lately: [],
        ownGroups: [
          { id: groupId("1a2b3c4d-0000-4000-8000-000000000001"), name: "Helpdesk", people: 9 },
          { id: groupId("1a2b3c4d-0000-4000-8000-000000000002"), name: "Engineering", people: 48 },
        ],
      }),
  ],
  [
    "without-passkey",
    "Who has no passkey",
    () =>
      withoutCard(
        {
          kind: "without-passkey",
          adoption: ADOPTION,
          people: MISSING,
          guests: 0,
          notInScope: 0,
          admins: "known",
          isComplete: true,
          inventory: found(),
        },
        { names: "shown" },
      ),
  ],
];
