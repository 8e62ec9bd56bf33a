import type { GroupId } from "../../../../src/core/person.js";
import { desiredPolicy } from "../../../../src/core/policy/desired/desired-policy.js";
import type { Intent } from "../../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import type { ProfilesPolicy } from "../../../../src/core/policy/policy.js";
import { compareProfiles } from "../../../../src/core/report/rollout/compare-profiles.js";
import type { StageReport } from "../../../../src/core/report/rollout/stage-report.js";
import type { Status } from "../../../../src/core/report/standing/status.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { stagesCard } from "../../../../src/teams/cards/reports/rollout/stages-card.js";
import { comparisonCard } from "../../../../src/teams/cards/reports/standing/comparison-card.js";
import { statusCard } from "../../../../src/teams/cards/reports/standing/status-card.js";
import { profilesPolicy, YUBIKEY_5_NFC } from "../../../core/policy/sample-policies.js";
import { ADA, AT, enablePlan, OTHERS, policy, proposal } from "../plan/sample-plans.js";
import { found } from "../scan/sample-scans.js";
import type { Exhibit } from "./gallery.js";

const group = (id: string, name: string) => ({
  kind: "group" as const,
  group: { id: id as GroupId, name },
});
const PILOT = "1a2b3c4d-0000-4000-8000-000000000002";
const GROUPS = { groupNames: { [PILOT]: "Pilot" }, groupFacts: { [PILOT]: { people: 36 } } };

const ROLLOUT: StageReport = {
  written: { by: ADA, at: AT },
  stages: [
    { stage: group(PILOT, "Pilot"), reach: "reached", isNext: false, people: 36, withPasskey: 27 },
    {
      stage: group("2a2b3c4d-0000-4000-8000-000000000003", "IT"),
      reach: "not-yet",
      isNext: true,
      people: 120,
      withPasskey: 31,
    },
    {
      stage: group("3a2b3c4d-0000-4000-8000-000000000004", "Contractors"),
      reach: "excluded",
      recorded: "not-yet",
      isNext: false,
      people: 18,
      withPasskey: 0,
    },
    { stage: { kind: "everyone" }, reach: "not-yet", isNext: false, people: 240, withPasskey: 74 },
  ],
};

const forPilot = policy({
  includeTargets: [{ targetType: "group", id: PILOT, isRegistrationRequired: false }],
});
const status: Status = {
  modelNames: enablePlan().proposal.modelNames,
  ...GROUPS,
  policy: parsePolicy(forPilot),
  readAt: AT,
  waiting: [],
  scanned: {
    inventory: found(),
    adoption: { of: "groups", people: 36, withPasskey: 27, deviceBound: 25, synced: 4, outside: 47 },
  },
  scanRunning: false,
  doorstep: { kind: "never-seen", days: 30, isWhole: true },
  rollout: ROLLOUT,
};
const [first] = ROLLOUT.stages;

const profiles = parsePolicy(profilesPolicy()) as ProfilesPolicy;
const report = {
  ...GROUPS,
  modelNames: { [YUBIKEY_5_NFC]: "YubiKey 5 NFC" },
  modelWarnings: {},
  policy: profiles,
  facts: [],
  readAt: AT,
};

/** A plan of an intent on a policy. */
function planOf(before: ReturnType<typeof policy>, intent: Intent, command: string) {
  const after = desiredPolicy(parsePolicy(before), intent, []);
  if ("kind" in after) throw new Error(`refused: ${after.code}`);
  return enablePlan({ intent, command, proposal: proposal(before, after.raw, GROUPS) });
}

/** A rollout in stages, and the profiles of its groups. */
export const ROLLOUTS: readonly Exhibit[] = [
  ["rollout-stages", "A rollout in stages", () => stagesCard(status)],
  [
    "rollout-no-stages",
    "A pilot, and no stages are written down",
    () => stagesCard({ ...status, rollout: { stages: first === undefined ? [] : [first] } }),
  ],
  ["status-stages", "How passkeys stand, stage by stage", () => statusCard(status)],
  [
    "profiles-compared",
    "Profiles side by side",
    () => {
      const comparison = compareProfiles(profiles, []);
      if ("kind" in comparison) throw new Error(comparison.code);
      return comparisonCard(report, profiles, comparison);
    },
  ],
  [
    "plan-new-profile",
    "A further profile",
    () =>
      planCard(
        planOf(
          profilesPolicy(),
          {
            kind: "create-profile",
            name: "Executives",
            types: ["deviceBound"],
            attestation: true,
            restriction: { mode: "allow", aaguids: [YUBIKEY_5_NFC as never] },
          },
          "create profile Executives device-bound with attestation allowing YubiKey 5 NFC",
        ),
        OTHERS,
      ),
  ],
  [
    "plan-opt-in",
    "The move to passkey profiles",
    () => planCard(planOf(forPilot, { kind: "use-profiles" }, "opt in to passkey profiles"), OTHERS),
  ],
];
