import type { AffectedPerson } from "../../../../src/core/impact/impact.js";
import { personId } from "../../../../src/core/person.js";
import type { FoundPolicy, Plan, PlanState } from "../../../../src/core/plan/plan.js";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { planCard } from "../../../../src/teams/cards/plan/plan-card.js";
import { planDetails } from "../../../../src/teams/cards/plan/plan-details.js";
import { whatIfCard } from "../../../../src/teams/cards/plan/what-if-card.js";
import { profilesPolicy, SYNCED_PROFILE } from "../../../core/policy/sample-policies.js";
import {
  APPROVAL,
  allow,
  enablePlan,
  LATER,
  LOSING,
  NOTES,
  narrowingPlan,
  OTHERS,
  policy,
  proposal,
  REQUESTER_VIEW,
  ROOM_VIEW,
  STATES,
  UNRESTRICTED,
  unreadPlan,
  YUBIKEY_NEO,
} from "../plan/sample-plans.js";
import type { Exhibit } from "./gallery.js";

const HELPDESK = "5e6f7a8b-0000-4000-8000-000000000001";
const PILOT = "1a2b3c4d-0000-4000-8000-000000000002";
const GROUPS = {
  groupNames: { [HELPDESK]: "Helpdesk", [PILOT]: "Pilot" },
  groupFacts: { [HELPDESK]: { people: 36 }, [PILOT]: { people: 12 } },
};

const peopleOf = (id: string, count: number) =>
  [id, new Set(Array.from({ length: count }, (_, at) => personId(`${id}-${at}`)))] as const;
const HELPDESK_PEOPLE = peopleOf(HELPDESK, 36);
const PILOT_PEOPLE = peopleOf(PILOT, 12);

const target = (id: string, ...allowedPasskeyProfiles: string[]) => ({
  id,
  targetType: "group",
  isRegistrationRequired: false,
  allowedPasskeyProfiles,
});

function profilesPlan(): Plan {
  const [first] = profilesPolicy().passkeyProfiles as readonly { id: string }[];
  const standard = first?.id ?? "";
  const before = profilesPolicy({
    includeTargets: [target("all_users", standard), target(PILOT, SYNCED_PROFILE)],
  });
  const after = profilesPolicy({
    includeTargets: [target("all_users", standard), target(PILOT), target(HELPDESK, SYNCED_PROFILE)],
  });
  return enablePlan({
    command: "enable passkeys for Helpdesk in profile synced",
    proposal: proposal(before, after, GROUPS, new Map([HELPDESK_PEOPLE, PILOT_PEOPLE])),
  });
}

const weakeningPlan = (): Plan =>
  enablePlan({
    command: "enable passkeys unrestricted without attestation",
    proposal: proposal(policy({ isAttestationEnforced: true }), policy({ keyRestrictions: UNRESTRICTED })),
  });

function cuttingPlan(): Plan {
  const names = [
    "Ida Rhodes",
    "Jean Bartik",
    "Kathleen Booth",
    "Margaret Hamilton",
    "Niklaus Wirth",
    "Radia Perlman",
  ];
  const more: readonly AffectedPerson[] = [...names, "Sophie Wilson", "Tony Hoare", "Whitfield Diffie"].map(
    (name, at) => ({ id: personId(`m${at}`), name, isAdmin: at === 0, models: [YUBIKEY_NEO] }),
  );
  return narrowingPlan({}, { losing: [...LOSING, ...more] });
}

function largePlan(): Plan {
  const settings = (value: string) =>
    Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`setting${at}`, `${value}${at}`]));
  const blocked = policy({ ...settings("old"), keyRestrictions: allow([YUBIKEY_NEO]) });
  return enablePlan({ proposal: proposal(blocked, policy(settings("new"))) });
}

const undoPlan = (): Plan =>
  narrowingPlan({
    command: "undo 12",
    intent: {
      kind: "revert",
      of: { kind: "plan", planNumber: 12, undone: { kind: "allow", aaguids: [YUBIKEY_NEO] } },
      from: policy(),
      to: policy(),
    },
  });

const decided = (state: PlanState): Plan =>
  state.kind === "rejected" || state.kind === "cancelled"
    ? narrowingPlan({ state })
    : enablePlan({ state, approvals: [APPROVAL] });

/** What was asked for is there, and Graph turned self-service off and took a model off the list as well. */
function moreChangedPlan(): Plan {
  const plan = enablePlan({ approvals: [APPROVAL] });
  const { after } = plan.proposal;
  const { aaGuids } = after.keyRestrictions as { readonly aaGuids: readonly string[] };
  const found = policy({
    ...after,
    isSelfServiceRegistrationAllowed: false,
    keyRestrictions: allow(aaGuids.filter((aaguid) => aaguid !== YUBIKEY_NEO)),
  });
  const beside: FoundPolicy = {
    at: LATER,
    policy: found,
    sinceBefore: diffPolicies(parsePolicy(plan.proposal.before), parsePolicy(found)),
    besideWanted: diffPolicies(parsePolicy(after), parsePolicy(found)),
    writers: [],
    modelNames: {},
    groupNames: {},
    losing: { kind: "by-scan", scanFrom: plan.createdAt, complete: true, losing: LOSING, keepingAnother: 2 },
  };
  return { ...plan, state: { ...STATES.applied, beside } as PlanState };
}

/** A plan's card in every state, with every note, and what stands on it for the kinds of change. */
export const PLANS: readonly Exhibit[] = [
  ["plan-first-enable", "Waits; nobody loses sign-in", () => planCard(enablePlan(), OTHERS)],
  ["plan-own-chat", "The same in the requester's own chat", () => planCard(enablePlan(), REQUESTER_VIEW)],
  [
    "plan-unreached",
    "The same where no approver has the card",
    () => planCard(enablePlan(), { ...REQUESTER_VIEW, reach: "nobody" }),
  ],
  [
    "plan-too-few-reached",
    "The same where it needs more approvals than approvers have it",
    () => planCard(enablePlan({ approvalsRequired: 2 }), { ...REQUESTER_VIEW, reach: "too-few" }),
  ],
  [
    "plan-onlooker",
    "The same for who may only look",
    () => planCard(enablePlan(), { ...OTHERS, viewer: "onlooker" }),
  ],
  [
    "plan-cuts-off",
    "People lose sign-in, named in an approval room",
    () => planCard(cuttingPlan(), ROOM_VIEW),
  ],
  ["plan-counted", "The same where names are counted", () => planCard(cuttingPlan(), OTHERS)],
  [
    "plan-profiles",
    "A profile is given to one group and taken from another",
    () => planCard(profilesPlan(), OTHERS),
  ],
  ["plan-weakens", "Weaker than before", () => planCard(weakeningPlan(), OTHERS)],
  ["plan-undo", "Takes back another plan", () => planCard(undoPlan(), OTHERS)],
  [
    "plan-unread",
    "Not everybody could be read",
    () => planCard(unreadPlan(), { ...ROOM_VIEW, scan: "incomplete" }),
  ],
  ["plan-old-scan", "The scan is too old", () => planCard(narrowingPlan(), { ...OTHERS, scan: "too-old" })],
  ["plan-larger", "More changes than its card holds", () => planCard(largePlan(), OTHERS)],
  ["plan-show-all", "Show all", () => planDetails(cuttingPlan(), ROOM_VIEW)],
  [
    "what-if",
    "What would happen if",
    () => whatIfCard(cuttingPlan(), { names: "shown", scan: "fine", onlyAnswers: true }),
  ],
  ...NOTES.map(
    (note): Exhibit => [
      `plan-note-${note.kind}`,
      `Waits again: ${note.kind.replaceAll("-", " ")}`,
      () => planCard(enablePlan({ note, revision: 2 }), OTHERS),
    ],
  ),
  [
    "plan-applied-and-more",
    "Decided: applied, and more changed",
    () => planCard(moreChangedPlan(), { ...OTHERS, names: "shown" }),
  ],
  ...Object.entries(STATES).map(
    ([name, state]): Exhibit => [
      `plan-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      `Decided: ${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}`,
      () => planCard(decided(state), OTHERS),
    ],
  ),
];
