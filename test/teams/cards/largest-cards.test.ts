import { describe, expect, it } from "vitest";
import { standingFacts } from "../../../src/core/impact/warnings.js";
import type { JsonObject } from "../../../src/core/json.js";
import { replicaId } from "../../../src/core/person.js";
import { type Plan, type PlanState, summaryOf } from "../../../src/core/plan/plan.js";
import { diffPolicies } from "../../../src/core/policy/diff-policies.js";
import type { RevertIntent } from "../../../src/core/policy/intent.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import { overlapsOf } from "../../../src/core/policy/revert/overlaps.js";
import { driftCard } from "../../../src/teams/cards/drift/drift-card.js";
import { driftDetails } from "../../../src/teams/cards/drift/drift-details.js";
import type { AdaptiveCard } from "../../../src/teams/cards/parts/card.js";
import { planCard } from "../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../src/teams/cards/plan/plan-details.js";
import { historyCard } from "../../../src/teams/cards/reports/history-card.js";
import { policyCard } from "../../../src/teams/cards/reports/policy-card.js";
import { profilesPolicy } from "../../core/policy/sample-policies.js";
import { cardProblems } from "./adaptive-card-schema.js";
import { aDrift, ENDS } from "./drift/sample-drifts.js";
import { hugePlan } from "./plan/large-plans.js";
import {
  ADA,
  APPROVAL,
  enablePlan,
  GRACE,
  LATER,
  OTHERS,
  proposal,
  ROOM_VIEW,
  STATES,
} from "./plan/sample-plans.js";

/** Of each character a name may have, the one that takes the most room on a card; and more than it shows of one. */
const LONG = "`\u{1f511}".repeat(200);
const SHOWN_WHOLE = "`\u{1f511}".repeat(80);
const id = (kind: number, at: number): string =>
  `${String(at).padStart(8, "0")}-${kind}000-4000-8000-000000000000`;
const count = (length: number, make: (at: number) => string): readonly string[] =>
  Array.from({ length }, (_, at) => make(at));

const PROFILES = count(3, (at) => id(1, at));
const GROUPS = count(40, (at) => id(2, at));
const MODELS = count(60, (at) => id(3, at));

/** Three profiles and forty groups, and each of them differs from the other side. */
function side(odd: boolean): JsonObject {
  const target = (group: string) => ({
    id: group,
    targetType: "group",
    isRegistrationRequired: false,
    allowedPasskeyProfiles: [...PROFILES.slice(odd ? 0 : 1)],
  });
  const own = Object.fromEntries(
    count(20, (at) => `${at}${LONG}`).map((name) => [name, odd ? LONG : `x${LONG}`]),
  );
  return profilesPolicy({
    state: odd ? "enabled" : "disabled",
    isSelfServiceRegistrationAllowed: odd,
    defaultPasskeyProfile: PROFILES[1] ?? "",
    includeTargets: GROUPS.slice(0, 20).map(target),
    excludeTargets: GROUPS.slice(odd ? 20 : 30).map((group) => ({ id: group, targetType: "group" })),
    passkeyProfiles: PROFILES.map((profile) => ({
      id: profile,
      name: SHOWN_WHOLE,
      passkeyTypes: odd ? "synced" : "deviceBound,synced",
      attestationEnforcement: odd ? "disabled" : "registrationOnly",
      keyRestrictions: {
        isEnforced: true,
        enforcementType: "allow",
        aaGuids: [...(odd ? MODELS.slice(0, 40) : MODELS.slice(20))],
      },
    })),
    ...own,
  });
}

const names = (ids: readonly string[]) => Object.fromEntries(ids.map((each) => [each, SHOWN_WHOLE]));
const [before, after] = [side(true), side(false)];
const changes = diffPolicies(parsePolicy(before), parsePolicy(after));
const huge = hugePlan().proposal.impact;
const eve = { ...GRACE, name: LONG };
const WARNINGS = Object.fromEntries(MODELS.map((model) => [model, "REVOKED, USER_KEY_PHYSICAL_COMPROMISE"]));
const large = proposal(before, after, {
  impact: { ...huge, losing: huge.losing.slice(0, 40), keepingAnother: [] },
  modelNames: names(MODELS),
  modelWarnings: WARNINGS,
  groupNames: names(GROUPS),
});
const writers = count(20, () => LONG).map((name) => ({ name, at: LATER }));
const found = {
  at: LATER,
  policy: before,
  sinceBefore: changes,
  besideWanted: changes,
  writers,
  modelNames: names(MODELS),
  groupNames: names(GROUPS),
};
const unknown: PlanState = {
  kind: "unknown",
  by: eve,
  at: LATER,
  lostSight: { replica: replicaId("replica-1"), elapsed: 0 },
  clientRequestId: LONG,
  seen: "something-else",
  found,
};
const of = { kind: "plan", planNumber: 12, undone: { kind: "disable" } } as const;
const undo: RevertIntent = { kind: "revert", from: before, to: after, of };

function plan(state: PlanState): Plan {
  const approvals = [{ ...APPROVAL, by: eve }];
  return enablePlan({ requester: { ...ADA, name: LONG }, command: LONG, proposal: large, approvals, state });
}
const undoing = (): Plan => ({
  ...plan({ kind: "waiting" }),
  intent: undo,
  proposal: { ...large, overlaps: overlapsOf(after, before, undo) },
});

const drifts = [
  aDrift({ difference: large, meaning: { kind: "assessed", impact: large.impact }, writers }),
  ...ENDS.map((state) =>
    aDrift({ difference: large, writers, state: "by" in state ? { ...state, by: eve } : state }),
  ),
];
const plans = [
  undoing(),
  ...[unknown, { kind: "waiting" } as const, ...Object.values(STATES)].map((state) => plan(state)),
];
const PAGES = [1, 2];

const cards: readonly (readonly [string, () => readonly AdaptiveCard[]])[] = [
  ["a drift", () => drifts.map((drift) => driftCard(drift, { names: "shown" }))],
  ["a drift, Show all", () => drifts.flatMap((drift) => PAGES.map((page) => driftDetails(drift, page)))],
  ["a plan", () => plans.flatMap((each) => [planCard(each, ROOM_VIEW), planCard(each, OTHERS)])],
  [
    "a plan, Show all",
    () => plans.slice(0, 3).flatMap((each) => PAGES.map((page) => planDetails(each, ROOM_VIEW, page))),
  ],
  [
    "fifty plans",
    () => [
      historyCard({
        plans: count(50, String).map((_, at) => ({
          ...summaryOf(plans[at % plans.length] as Plan),
          number: at + 1,
        })),
        head: { sequence: 128, hash: "c".repeat(64) },
      }),
    ],
  ],
  [
    "the policy",
    () => [
      policyCard({
        policy: parsePolicy(before),
        groupNames: names(GROUPS),
        modelNames: names(MODELS),
        modelWarnings: WARNINGS,
        facts: standingFacts(parsePolicy(before), { modelWarnings: WARNINGS, bytes: 19_999 }),
        readAt: LATER,
      }),
    ],
  ],
];

describe("a card of a tenant in which every name is as long as can be", () => {
  it.each(cards)("is valid and stays under 28 KB: %s", (_, draw) => {
    for (const card of draw()) {
      expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(28_000);
      expect(cardProblems(card)).toEqual([]);
    }
  });
});
