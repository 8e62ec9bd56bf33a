import { effectOf } from "../../../../src/core/impact/effect.js";
import type { AffectedPerson, Impact } from "../../../../src/core/impact/impact.js";
import { findWarnings } from "../../../../src/core/impact/warnings.js";
import { findWeakenings } from "../../../../src/core/impact/weakenings.js";
import type { JsonObject } from "../../../../src/core/json.js";
import { conversationId, type Person, personId, replicaId, tenantId } from "../../../../src/core/person.js";
import type { Plan, PlanNote, PlanState, Proposal } from "../../../../src/core/plan/plan.js";
import { diffPolicies } from "../../../../src/core/policy/diff-policies.js";
import { parsePolicy } from "../../../../src/core/policy/parse-policy.js";
import { type Aaguid, AUTHENTICATOR_ANDROID, AUTHENTICATOR_IOS } from "../../../../src/core/policy/policy.js";
import type { Memberships } from "../../../../src/core/policy/who-may-use.js";
import type { PlanView } from "../../../../src/teams/cards/plan/plan-view.js";

export const ADA: Person = { id: personId("aaaaaaaa-0000-4000-8000-000000000001"), name: "Ada Lovelace" };
export const GRACE: Person = { id: personId("aaaaaaaa-0000-4000-8000-000000000002"), name: "Grace Hopper" };
const KATHERINE: Person = {
  id: personId("aaaaaaaa-0000-4000-8000-0000000000ca"),
  name: "Katherine Johnson",
};
export const AT = "2026-11-22T10:42:00.000Z";
export const LATER = "2026-11-22T10:47:00.000Z";
export const REQUEST = "7d1c5f0a-52d0-4c0e-9f0e-2f4f7a0c9b11";

const YUBIKEY_NFC = "2fc0579f-8113-47ea-b116-bb5a8db9202a" as Aaguid;
const YUBIKEY_NANO = "ee882879-721c-4913-9775-3dfcce97072a" as Aaguid;
export const YUBIKEY_NEO = "fa2b99dc-9e39-4257-8f92-4a30d23c4118" as Aaguid;
export const FEITIAN = "77010bd7-212a-4fc9-b236-d2ca5e9d4084" as Aaguid;
const TITAN = "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3" as Aaguid;

const NAMES: Readonly<Record<string, string>> = {
  [AUTHENTICATOR_IOS]: "Microsoft Authenticator (iOS)",
  [AUTHENTICATOR_ANDROID]: "Microsoft Authenticator (Android)",
  [YUBIKEY_NFC]: "YubiKey 5 NFC, firmware 5.4",
  [YUBIKEY_NANO]: "YubiKey 5C Nano",
  [YUBIKEY_NEO]: "YubiKey NEO",
  [FEITIAN]: "Feitian ePass FIDO2",
  [TITAN]: "Google Titan v2",
};
const USAGE = [
  { aaguid: YUBIKEY_NFC, people: 112 },
  { aaguid: YUBIKEY_NANO, people: 61 },
  { aaguid: FEITIAN, people: 20 },
  { aaguid: YUBIKEY_NEO, people: 12 },
  { aaguid: TITAN, people: 9 },
];

const SEVEN = [
  AUTHENTICATOR_IOS,
  AUTHENTICATOR_ANDROID,
  YUBIKEY_NFC,
  YUBIKEY_NANO,
  FEITIAN,
  YUBIKEY_NEO,
  TITAN,
] as const;

export function policy(changes: Record<string, JsonObject[string]> = {}): JsonObject {
  return {
    "@odata.type": "#microsoft.graph.fido2AuthenticationMethodConfiguration",
    id: "Fido2",
    state: "enabled",
    isSelfServiceRegistrationAllowed: true,
    isAttestationEnforced: false,
    keyRestrictions: allow(SEVEN),
    includeTargets: [{ targetType: "group", id: "all_users", isRegistrationRequired: false }],
    excludeTargets: [],
    ...changes,
  };
}

export function allow(aaguids: readonly string[], enforcementType = "allow"): JsonObject {
  return { isEnforced: true, enforcementType, aaGuids: [...aaguids] };
}
export const UNRESTRICTED: JsonObject = { isEnforced: false, enforcementType: "allow", aaGuids: [] };

export function impact(changes: Partial<Impact> = {}): Impact {
  return {
    narrows: false,
    losing: [],
    keepingAnother: [],
    regaining: 0,
    modelsCutOff: [],
    coverage: {
      scanId: "scan-1",
      kind: "full",
      from: "2026-11-22T10:20:00.000Z",
      at: "2026-11-22T10:40:00.000Z",
      fullSince: "2026-11-22T10:20:00.000Z",
      path: "report",
      complete: true,
      asked: 214,
      carried: 0,
      gone: 0,
      unreadCount: 0,
      unread: [],
      keyholders: 214,
      recentIncluded: true,
    },
    ...changes,
  };
}

export function proposal(
  before: JsonObject,
  after: JsonObject,
  changes: Partial<Proposal> = {},
  memberships: Memberships = new Map(),
): Proposal {
  const made = {
    before,
    after,
    fingerprint: "f".repeat(64),
    changes: diffPolicies(parsePolicy(before), parsePolicy(after)),
    impact: impact(),
    usage: USAGE,
    bytes: 2_100,
    modelNames: NAMES,
    groupNames: {},
    ...changes,
  };
  const sides = { before: parsePolicy(before), after: parsePolicy(after) };
  const { changes: differences, impact: whom } = made;
  return {
    ...made,
    effect: effectOf({ ...sides, changes: differences, memberships, impact: whom }),
    weakenings: findWeakenings(sides.before, sides.after),
    warnings: findWarnings({ ...made, ...sides }),
  };
}

/** Passkeys turned on for the first time, with an allow list: nobody loses anything. */
export function enablePlan(changes: Partial<Plan> = {}): Plan {
  const before = policy({ state: "disabled", includeTargets: [], keyRestrictions: UNRESTRICTED });
  return {
    tenantId: tenantId("bbbbbbbb-0000-4000-8000-000000000001"),
    number: 12,
    revision: 1,
    version: 1,
    command: "enable passkeys",
    intent: { kind: "enable", restriction: "as-fits", authenticators: ["ios", "android"] },
    requester: ADA,
    conversation: conversationId("19:room@thread.tacv2"),
    createdAt: AT,
    expiresAt: "2026-11-22T11:42:00.000Z",
    proposal: proposal(before, policy()),
    approvals: [],
    approvalsRequired: 1,
    state: { kind: "waiting" },
    ...changes,
  };
}

export const LOSING: readonly AffectedPerson[] = [
  { id: personId("p1"), name: "Mary Shelley", isAdmin: true, models: [YUBIKEY_NEO] },
  { id: personId("p2"), name: "Alan Kay", isAdmin: false, models: [YUBIKEY_NEO] },
  { id: personId("p3"), name: "Barbara Liskov", isAdmin: false, models: [YUBIKEY_NEO] },
];

/** A model is taken off the list, and three people have nothing else. */
export function narrowingPlan(changes: Partial<Plan> = {}, impactChanges: Partial<Impact> = {}): Plan {
  const after = policy({ keyRestrictions: allow(SEVEN.filter((aaguid) => aaguid !== YUBIKEY_NEO)) });
  const keepingAnother = Array.from({ length: 9 }, (_, at) => ({
    id: personId(`k${at}`),
    name: `Keeper ${at}`,
    isAdmin: false,
    models: [YUBIKEY_NEO],
  }));
  const modelsCutOff = [{ aaguid: YUBIKEY_NEO, people: 12 }];
  return enablePlan({
    number: 13,
    command: "remove YubiKey NEO",
    intent: { kind: "remove", aaguids: [YUBIKEY_NEO] },
    proposal: proposal(policy(), after, {
      impact: impact({ narrows: true, losing: LOSING, keepingAnother, modelsCutOff, ...impactChanges }),
    }),
    ...changes,
  });
}

/** The same, but three people could not be read. */
export function unreadPlan(losing: readonly AffectedPerson[] = []): Plan {
  const unread = LOSING.map(({ id, name, isAdmin }) => ({ id, name, isAdmin, why: "403" }));
  const coverage = { ...impact().coverage, complete: false, unreadCount: unread.length, unread };
  return narrowingPlan({}, { losing, coverage });
}

export const OTHERS: PlanView = {
  viewer: "others",
  names: "counted",
  selfApproval: "refused",
  approvers: "roles",
  scan: "fine",
};
export const ROOM_VIEW: PlanView = { ...OTHERS, names: "shown" };
export const REQUESTER_VIEW: PlanView = { ...OTHERS, viewer: "requester" };

export const APPROVAL = {
  by: GRACE,
  at: LATER,
  revision: 1,
  conversation: conversationId("19:room@thread.tacv2"),
};

const by = { by: GRACE, at: LATER } as const;
const replica = replicaId("replica-1");

/** Every state but waiting. */
export const STATES: Readonly<Record<string, PlanState>> = {
  applying: { kind: "applying", ...by, clientRequestId: REQUEST, replica },
  putOff: {
    ...{ kind: "applying", ...by, clientRequestId: REQUEST, replica },
    putOff: { at: LATER, until: "2026-11-22T10:48:00.000Z", fault: "write-throttled" },
  },
  applied: { kind: "applied", ...by, clientRequestId: "ours", requestId: REQUEST, otherWriters: [] },
  refused: { kind: "refused", ...by, status: 400, message: "Value is invalid.", requestId: REQUEST },
  unknown: {
    kind: "unknown",
    ...by,
    lostSight: { replica, elapsed: 0 },
    clientRequestId: REQUEST,
    seen: "before",
  },
  rejected: { kind: "rejected", ...by, reason: "Pilot first" },
  cancelled: { kind: "cancelled", by: ADA, at: LATER },
  expired: { kind: "expired", at: LATER },
  superseded: { kind: "superseded", at: LATER, why: "already-in-force" },
  neverKnown: { kind: "superseded", at: LATER, why: "outcome-never-known", by: ADA },
};
export const NOTES: readonly PlanNote[] = [
  { kind: "policy-moved", at: LATER, approver: GRACE },
  { kind: "no-effect", at: LATER, approver: GRACE, requestId: REQUEST },
  { kind: "scanned-anew", at: LATER },
  { kind: "approvals-dropped", at: LATER, approver: GRACE, people: [KATHERINE] },
  { kind: "not-written-after-all", at: LATER, approver: GRACE },
  { kind: "attempt-failed", at: LATER, approver: GRACE, why: "Graph said 403.", requestId: REQUEST },
];
