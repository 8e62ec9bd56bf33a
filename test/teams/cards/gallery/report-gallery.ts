import {
  attention,
  type Finding,
  missing,
  notChecked,
  notNeeded,
  works,
} from "../../../../src/core/check/finding.js";
import { PLATFORMS } from "../../../../src/core/command/guide/platform.js";
import { helpLines } from "../../../../src/core/command/help.js";
import { standingFacts } from "../../../../src/core/impact/warnings.js";
import { personId } from "../../../../src/core/person.js";
import { summaryOf } from "../../../../src/core/plan/plan.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { ProfilesPolicy } from "../../../../src/core/policy/policy.js";
import type { Status } from "../../../../src/core/report/standing/status.js";
import type { WhoUses } from "../../../../src/core/report/who-uses.js";
import { checkCard } from "../../../../src/teams/cards/reports/check-card.js";
import { evidenceCard } from "../../../../src/teams/cards/reports/evidence-card.js";
import { guideCard, guidesCard } from "../../../../src/teams/cards/reports/guide-card.js";
import { helpCard } from "../../../../src/teams/cards/reports/help-card.js";
import { helpBeginning, helpTopicCard } from "../../../../src/teams/cards/reports/help-topics-card.js";
import { historyCard } from "../../../../src/teams/cards/reports/history-card.js";
import { historyOfCard } from "../../../../src/teams/cards/reports/history-of-card.js";
import { keysCard } from "../../../../src/teams/cards/reports/keys-card.js";
import { modelCard } from "../../../../src/teams/cards/reports/model-card.js";
import { offerCard } from "../../../../src/teams/cards/reports/offer-card.js";
import { pendingCard } from "../../../../src/teams/cards/reports/pending-card.js";
import { policyCard } from "../../../../src/teams/cards/reports/policy-card.js";
import { rolloutEvidenceCard } from "../../../../src/teams/cards/reports/rollout-evidence-card.js";
import { profilesCard } from "../../../../src/teams/cards/reports/standing/profiles-card.js";
import { statusCard } from "../../../../src/teams/cards/reports/standing/status-card.js";
import { welcomeCard } from "../../../../src/teams/cards/reports/welcome-card.js";
import { whoUsesCount, whoUsesNames } from "../../../../src/teams/cards/reports/who-uses-card.js";
import { forAdministratorsText } from "../../../../src/teams/words/guide-words.js";
import { sampleEvidence } from "../../../core/evidence/sample-evidence.js";
import { profilesPolicy } from "../../../core/policy/sample-policies.js";
import { model, use } from "../../../core/report/fake-reports.js";
import { aDrift } from "../drift/sample-drifts.js";
import { APPROVAL, AT, enablePlan, LATER, narrowingPlan, policy, STATES } from "../plan/sample-plans.js";
import { found, keys, NEO, NFC } from "../scan/sample-scans.js";
import type { Exhibit } from "./gallery.js";

const named = { modelNames: enablePlan().proposal.modelNames, groupNames: {} };
const applied = enablePlan({ state: STATES.applied ?? { kind: "waiting" }, approvals: [APPROVAL] });

const SECURITY_INFO = "https://aka.ms/mysecurityinfo";
const policyReport = (raw = policy()) => ({
  ...named,
  policy: parsePolicy(raw),
  modelWarnings: {},
  facts: standingFacts(parsePolicy(raw), { bytes: 2_000 }),
  readAt: AT,
});

const profilesReport = policyReport(profilesPolicy());
const profiles = profilesReport.policy as ProfilesPolicy;

const status: Status = {
  ...named,
  policy: parsePolicy(policy()),
  readAt: AT,
  waiting: [narrowingPlan()],
  lastChange: summaryOf(applied),
  scanned: {
    inventory: found(),
    adoption: { of: "accounts", people: 240, withPasskey: 174, deviceBound: 170, synced: 9, outside: 0 },
  },
  scanRunning: false,
  doorstep: {
    kind: "blocked",
    people: 3,
    byModel: [{ model: model(NEO, "YubiKey NEO"), allowed: "no", people: 2 }, { people: 1 }],
    byGroup: [],
    outside: 1,
    isWhole: true,
  },
  rollout: { stages: [] },
};

const whoUses: WhoUses = {
  kind: "who-uses",
  models: [model(NFC, "YubiKey 5 NFC")],
  people: ["Mary Shelley", "Alan Kay", "Barbara Liskov"].map((name, at) => ({
    id: personId(`p${at}`),
    name,
    isAdmin: at === 0,
  })),
  passkeys: 4,
  byModel: [{ model: model(NFC, "YubiKey 5 NFC"), people: 3 }],
  inventory: found(),
};

const setUp = {
  passkeys: "off",
  hasScan: false,
  hasApprovalRoom: true,
  hasEmergencyAccounts: false,
} as const;

/** Everything that only looks. */
const standing = (broken: readonly Finding[]): readonly Finding[] => [
  works({ id: "entra", title: "Entra answers" }, "https://login.microsoftonline.com answers."),
  works({ id: "graph", title: "Microsoft Graph answers" }, "https://graph.microsoft.com answers."),
  notNeeded({ id: "proxy", title: "Proxy" }, "None is set: everything is reached directly."),
  notChecked({ id: "backup", title: "Age of the last backup" }, "Latchkey makes none by itself."),
  ...broken,
];
const lacking = missing(
  { id: "permission:AuditLog.Read.All", title: "Permission AuditLog.Read.All" },
  "Graph says no: the registration report and other writers of the policy cannot be read.",
  {
    mend: "Add the application permission AuditLog.Read.All to the app and grant admin consent: npm run entra-app.",
    link: "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationMenuBlade/~/CallAnAPI",
  },
);
const ending = attention(
  { id: "credential-expiry", title: "How long the credential is good" },
  "It ends on 2026-12-09, in 10 days.",
  { mend: "Make a new one beside it (npm run entra-app -- --new-secret), and set CLIENT_SECRET_EXPIRES." },
);

export const REPORTS: readonly Exhibit[] = [
  ["check-works", "A check: everything works", () => checkCard({ findings: standing([]), at: AT })],
  [
    "check-missing",
    "A check: something is missing, and something to look at",
    () => checkCard({ findings: standing([lacking, ending]), at: AT }),
  ],
  [
    "offers",
    "The nearest commands to what was not understood",
    () => offerCard("I did not understand that. Did you mean one of these?", ["status", "keys in use"]),
  ],
  ...(["asker", "approver"] as const).map(
    (role): Exhibit => [
      `welcome-${role}`,
      `A welcome: ${role}`,
      () => welcomeCard({ role, setUp, approvalsRequired: 2 }),
    ],
  ),
  [
    "employee",
    "Somebody without a role asks for a change",
    () =>
      offerCard(forAdministratorsText(true, SECURITY_INFO), [
        "guide ios",
        "guide android",
        "guide security key",
      ]),
  ],
  [
    "help-beginning",
    "Where to begin",
    () => helpBeginning({ group: "Helpdesk", model: "Security Key NFC by Yubico" }, true),
  ],
  [
    "help-topic",
    "Help on one topic",
    () =>
      helpTopicCard(
        "models",
        helpLines().filter(({ topic }) => topic === "models"),
        {},
      ),
  ],
  ["help", "All that can be said", () => helpCard(helpLines())],
  ["status", "How passkeys stand", () => statusCard(status, { toDecide: [narrowingPlan()], asked: [] })],
  ["policy", "The policy, with one set of rules", () => policyCard(policyReport())],
  [
    "policy-profiles",
    "The policy, with passkey profiles and an open drift",
    () => policyCard(policyReport(profilesPolicy()), aDrift()),
  ],
  ["profiles", "Passkey profiles", () => profilesCard(profilesReport, profiles)],
  ["pending", "What waits", () => pendingCard([enablePlan(), narrowingPlan()], aDrift())],
  ["pending-none", "Nothing waits", () => pendingCard([])],
  [
    "history",
    "The last plans",
    () =>
      historyCard({
        plans: [narrowingPlan({ revision: 2 }), applied].map(summaryOf),
        head: { sequence: 128, hash: "c".repeat(64) },
      }),
  ],
  [
    "evidence",
    "Evidence for a plan",
    () =>
      evidenceCard(
        { kind: "evidence-given", evidence: sampleEvidence(), secret: "secret", validUntil: LATER },
        "https://latchkey.example/evidence/secret",
      ),
  ],
  [
    "history-of",
    "The history of one model",
    () =>
      historyOfCard({
        kind: "history-of",
        subject: { kind: "model", models: [model(NEO, "YubiKey NEO")], called: "YubiKey NEO" },
        events: [
          { kind: "plan", at: LATER, plan: summaryOf(narrowingPlan()), parts: [] },
          { kind: "drift", at: AT, drift: aDrift() },
        ],
        plans: { of: 13, lookedAt: 13 },
      }),
  ],
  [
    "rollout-evidence",
    "Evidence of the rollout",
    () =>
      rolloutEvidenceCard(
        { plans: [narrowingPlan(), applied].map(summaryOf), isWhole: true, validUntil: LATER },
        "https://latchkey.example/evidence/secret",
      ),
  ],
  ["keys-in-use", "Keys in use", () => keysCard(keys())],
  ["who-uses-count", "Who uses a model, in a room", () => whoUsesCount(whoUses)],
  ["who-uses-names", "The same for the person who pressed", () => whoUsesNames(whoUses)],
  [
    "model",
    "What a model is",
    () =>
      modelCard({
        kind: "what-is",
        models: [
          {
            model: model(NEO, "YubiKey NEO", {
              vendor: "Yubico",
              warnings: [{ status: "REVOKED", since: "2025-03-01" }],
            }),
            allowed: "yes",
            use: use(NEO, 12, { passkeys: 14 }),
          },
        ],
        inventory: found(),
      }),
  ],
  ["guides", "Which guide?", () => guidesCard(SECURITY_INFO)],
  ...PLATFORMS.map(
    (platform): Exhibit => [
      `guide-${platform}`,
      `Guide: ${platform}`,
      () => guideCard(platform, { kind: "allowed", attested: true, keys: { mode: "any" } }, SECURITY_INFO),
    ],
  ),
  [
    `guide-not-for-you`,
    "Guide for a person whom the policy is not for",
    () => guideCard(PLATFORMS[0] ?? "ios", { kind: "not-for-you" }, SECURITY_INFO),
  ],
];
