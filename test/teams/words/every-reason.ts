import {
  type FaultCode,
  type Refusal,
  refuse,
  type SignInProblem,
  type WriteFaultCode,
} from "../../../src/core/errors.js";
import type { GroupId } from "../../../src/core/person.js";
import type { Model } from "../../../src/core/policy/model.js";
import { parsePolicy } from "../../../src/core/policy/parse-policy.js";
import type { Aaguid } from "../../../src/core/policy/policy.js";
import { legacyPolicy, profilesPolicy } from "../../core/policy/sample-policies.js";
import { ADA } from "../teams-world.js";

/** Something a person can do: a verb in the imperative. */
export const NEXT_STEP =
  /\b(say|ask|press|try|wait|sign|check|register|remove|give|write|tell|activate|grants|use|show)\b/i;

export const PLAN_NUMBER = 12;

export const TITAN: Model = {
  aaguid: "42b4fb4a-2866-43b2-9bf7-6c6669c2e5d3" as Aaguid,
  name: "Titan",
  vendor: "Google",
  kind: "security-key",
  certification: "FIDO Certified L1",
  warnings: [],
  source: "fido",
};
export const CARD: Model = {
  aaguid: "cccccccc-1111-4111-8111-111111111111" as Aaguid,
  name: "*Titan* card",
  kind: "unknown",
  warnings: [{ status: "REVOKED" }],
  source: "graph",
};

const UNDO = { kind: "plan", planNumber: PLAN_NUMBER, undone: { kind: "disable" } } as const;

export const HELPDESK = { id: "1a2b3c4d-1111-4111-8111-111111111111" as GroupId, name: "Helpdesk" };
export const QUOTED = { id: "2a2b3c4d-1111-4111-8111-111111111111" as GroupId, name: 'The "Board"' };
export const EMEA = { id: "3a2b3c4d-1111-4111-8111-111111111111" as GroupId, name: "Sales, EMEA" };

const GROUPS = {
  groupNames: { [HELPDESK.id]: HELPDESK.name },
  groupFacts: { [HELPDESK.id]: { people: 4 } },
} as const;

/** Does not compile while a refusal is forgotten. */
function everyCode<const Given extends readonly Refusal[]>(
  refusals: Exclude<Refusal["code"], Given[number]["code"]> extends never
    ? Given
    : { readonly forgotten: Exclude<Refusal["code"], Given[number]["code"]> },
): readonly Refusal[] {
  return refusals as Given;
}

/** Every refusal, in each of the ways its words differ. */
export const REFUSALS = everyCode([
  refuse({ code: "group-excluded", groups: [HELPDESK] }),
  refuse({ code: "group-has-passkeys", groups: [HELPDESK], through: "all-users", profiles: [] }),
  refuse({
    code: "group-has-passkeys",
    groups: [HELPDESK],
    through: "itself",
    profiles: ["Synced"],
    other: "Default",
  }),
  refuse({ code: "group-has-passkeys", groups: [HELPDESK], through: "itself", profiles: [] }),
  refuse({ code: "group-not-on-list", groups: [HELPDESK], forAllUsers: true }),
  refuse({ code: "group-not-on-list", groups: [HELPDESK], forAllUsers: false, profile: "Synced" }),
  refuse({ code: "group-not-excluded", groups: [HELPDESK] }),
  refuse({ code: "nobody-left" }),
  refuse({ code: "unknown-notice" }),
  refuse({ code: "notice-reason-missing" }),
  refuse({ code: "kind-not-admitted", models: [TITAN], type: "deviceBound", profile: "Synced", others: [] }),
  refuse({ code: "kind-not-admitted", models: [TITAN], type: "synced", profile: "A", others: ["B"] }),
  refuse({
    code: "kind-not-admitted",
    models: [TITAN, CARD],
    type: "deviceBound",
    profile: "Synced",
    others: [],
    leavesListEmpty: true,
  }),
  refuse({ code: "exclusion-has-no-profile", groups: [HELPDESK] }),
  refuse({ code: "profiles-not-opted-in", name: "Board" }),
  refuse({ code: "profiles-in-use-already", known: ["Default passkey profile", "Synced"] }),
  refuse({ code: "kinds-need-profiles", type: "synced" }),
  refuse({ code: "profile-name-taken", name: "Board" }),
  refuse({ code: "profile-name-unusable", name: 'The "Board"', limit: 60 }),
  refuse({ code: "default-profile-stays", name: "Default passkey profile" }),
  refuse({ code: "profile-assigned", profile: "Board", targets: [HELPDESK.id] }),
  refuse({ code: "profile-assigned", profile: "Board", targets: [HELPDESK.id], groups: GROUPS }),
  refuse({
    code: "profile-assigned",
    profile: "Board",
    targets: [QUOTED.id],
    groups: { groupNames: { [QUOTED.id]: QUOTED.name } },
  }),
  refuse({ code: "last-kind", profile: "Board", type: "synced" }),
  refuse({ code: "last-kind", profile: "Board", type: "deviceBound" }),
  refuse({ code: "kind-not-in-new-profile", name: "Board", type: "deviceBound", models: [TITAN, CARD] }),
  refuse({ code: "synced-not-attested", name: "Board" }),
  refuse({ code: "which-profile", profiles: ["Default passkey profile", "Synced"] }),
  refuse({ code: "no-stages" }),
  refuse({ code: "no-stage-left" }),
  refuse({ code: "too-many-stages", limit: 12 }),
  refuse({ code: "everyone-not-last" }),
  refuse({ code: "stage-twice", group: HELPDESK }),
  refuse({ code: "pilot-off" }),
  refuse({ code: "no-pilot", forAllUsers: true }),
  refuse({ code: "no-pilot", forAllUsers: false }),
  refuse({ code: "all-users-already", profiles: [] }),
  refuse({ code: "all-users-already", profiles: ["Synced"] }),
  refuse({ code: "unknown-plan", planNumber: PLAN_NUMBER }),
  refuse({ code: "other-plan", planNumber: PLAN_NUMBER }),
  refuse({ code: "stale-revision", planNumber: PLAN_NUMBER, revision: 2 }),
  refuse({ code: "plan-expired", planNumber: PLAN_NUMBER, at: "2026-11-22T10:00:00.000Z" }),
  refuse({ code: "already-decided", planNumber: PLAN_NUMBER, state: "applied", by: ADA }),
  refuse({ code: "being-applied", planNumber: PLAN_NUMBER, by: ADA }),
  refuse({ code: "being-applied", planNumber: PLAN_NUMBER, by: ADA, isPutOff: true }),
  refuse({ code: "tenant-busy", planNumber: PLAN_NUMBER }),
  refuse({ code: "own-plan", planNumber: PLAN_NUMBER }),
  ...(["policy", "found", "acceptances", "state", "row", "missing", "no-record", "record"] as const).flatMap(
    (why) => [refuse({ code: "watch-altered", why }), refuse({ code: "watch-altered", driftNumber: 1, why })],
  ),
  refuse({ code: "scan-altered" }),
  refuse({ code: "request-altered" }),
  refuse({ code: "scan-altered", planNumber: PLAN_NUMBER }),
  ...(
    ["requester", "revision", "proposal", "approvals", "state", "row", "record", "no-record", "read"] as const
  ).map((why) => refuse({ code: "plan-altered", planNumber: PLAN_NUMBER, why })),
  refuse({ code: "too-many-open-plans", limit: 10, planNumbers: [3, 4] }),
  refuse({ code: "too-many-open-plans", limit: 10, planNumbers: [] }),
  refuse({ code: "already-approved", planNumber: PLAN_NUMBER, missing: 1 }),
  refuse({ code: "not-an-approver", required: { by: "roles" } }),
  refuse({ code: "not-an-approver", required: { by: "ids" } }),
  refuse({ code: "no-access", byRole: true }),
  refuse({ code: "no-access", byRole: false }),
  refuse({ code: "not-requester-nor-approver", planNumber: PLAN_NUMBER }),
  refuse({ code: "scan-needed", why: "incomplete" }),
  refuse({ code: "scan-needed", why: "too-old" }),
  refuse({ code: "scan-cancelled", by: ADA }),
  refuse({ code: "scan-not-running" }),
  refuse({ code: "not-scan-asker" }),
  refuse({ code: "unknown-model", typed: "Nymi Bnad" }),
  refuse({ code: "ambiguous-model", typed: "Titan", candidates: [TITAN, CARD], verb: "remove" }),
  refuse({ code: "ambiguous-model", typed: "Titn", candidates: [TITAN], verb: "who uses" }),
  refuse({
    code: "entries-not-understood",
    wrong: [
      { typed: "2fc0579f-8113-47ea-b116-bb5a8db9202", line: 2, wrong: { kind: "digits", digits: 31 } },
      { typed: "zfc0579f-8113-47ea-b116-bb5a8db9202a", line: 3, wrong: { kind: "letter", letter: "z" } },
    ],
    understood: [TITAN.aaguid],
    verb: "allow",
  }),
  refuse({ code: "too-many-models", entries: 501, limit: 500 }),
  refuse({ code: "no-model-aaguid", verb: "allow" }),
  refuse({ code: "no-model-aaguid", verb: "remove" }),
  refuse({ code: "not-restricted", verb: "allow" }),
  refuse({ code: "not-restricted", verb: "remove", profile: "Staff" }),
  refuse({ code: "list-would-be-empty" }),
  refuse({ code: "list-would-be-empty", profile: "Staff" }),
  refuse({ code: "nothing-to-change" }),
  ...[{ state: "disabled" }, {}, { includeTargets: [{ targetType: "group", id: HELPDESK.id }] }].map(
    (change) =>
      refuse({
        code: "nothing-to-change",
        now: { policy: parsePolicy(legacyPolicy(change)), groups: GROUPS },
      }),
  ),
  refuse({ code: "nothing-to-change", now: { policy: parsePolicy(profilesPolicy()), groups: GROUPS } }),
  refuse({ code: "nothing-to-change", of: UNDO }),
  refuse({ code: "nothing-to-change", of: { kind: "drift", driftNumber: 3 } }),
  refuse({ code: "not-applied", planNumber: PLAN_NUMBER, state: "waiting" }),
  refuse({ code: "not-applied", planNumber: PLAN_NUMBER, state: "applying" }),
  refuse({ code: "not-applied", planNumber: PLAN_NUMBER, state: "unknown" }),
  refuse({ code: "not-applied", planNumber: PLAN_NUMBER, state: "superseded" }),
  refuse({ code: "not-applied", planNumber: PLAN_NUMBER, state: "rejected" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "migrated" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "moved-by-it" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "moved-back" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "profile-gone", profile: "Staff" }),
  refuse({ code: "cannot-revert", of: UNDO, why: "profile-in-use", profile: "Staff" }),
  refuse({ code: "cannot-revert", of: { kind: "drift", driftNumber: 3 }, why: "no-types", profile: "Staff" }),
  refuse({ code: "unknown-drift", driftNumber: 3 }),
  refuse({ code: "other-drift", driftNumber: 3 }),
  refuse({ code: "stale-drift", driftNumber: 3, revision: 2 }),
  refuse({ code: "drift-decided", driftNumber: 3, state: "accepted", by: ADA }),
  refuse({ code: "drift-decided", driftNumber: 3, state: "over" }),
  refuse({ code: "reason-missing", driftNumber: 3 }),
  refuse({ code: "own-drift", driftNumber: 3 }),
  refuse({ code: "drift-needs-another", driftNumber: 3 }),
  refuse({ code: "drift-has-plan", driftNumber: 3, planNumber: PLAN_NUMBER }),
  refuse({ code: "unknown-group", name: "Pilot" }),
  refuse({ code: "unknown-group", name: "Pilots", near: [HELPDESK] }),
  refuse({ code: "unknown-group", name: "ada", instead: { kind: "person", name: "Ada Lovelace" } }),
  refuse({ code: "unknown-group", name: "titan", instead: { kind: "model", name: "titan" } }),
  refuse({ code: "ambiguous-group", name: "Pilot", groups: [] }),
  refuse({ code: "unknown-profile", name: "X", known: ["Default"] }),
  refuse({ code: "profiles-not-in-use", name: "X" }),
  refuse({ code: "policy-too-large", bytes: 20_001, limit: 20_000 }),
  refuse({ code: "too-many-profiles", count: 4, limit: 3 }),
  refuse({ code: "emergency-account-cut-off", people: [ADA] }),
  refuse({ code: "emergency-account-not-read", people: [ADA], why: "away" }),
  refuse({ code: "emergency-account-not-read", people: [ADA], why: "declined" }),
  refuse({ code: "emergency-accounts-unsure", problems: [{ id: "id-1", why: "unknown" }] }),
  refuse({ code: "emergency-accounts-unsure", problems: [{ id: "id-1", why: "empty" }] }),
  refuse({ code: "emergency-accounts-unsure", problems: [{ id: "id-1", why: "too-many", people: 5_000 }] }),
  refuse({ code: "sign-in-failed", problem: "unavailable" }),
  refuse({ code: "someone-elses-token", clicker: ADA.id }),
  refuse({ code: "sign-in-too-weak", unmet: ["c1", "phishing-resistant"] }),
  refuse({ code: "outcome-not-recorded", planNumber: PLAN_NUMBER }),
  refuse({ code: "not-written", planNumber: PLAN_NUMBER, fault: "write-denied", requestId: "r-1" }),
  refuse({ code: "not-written", planNumber: PLAN_NUMBER, fault: "graph-denied", requestId: "r-1" }),
  refuse({ code: "not-written", planNumber: PLAN_NUMBER, fault: "write-throttled", retryAfterSeconds: 30 }),
]);

const problems: Readonly<Record<SignInProblem, true>> = {
  "other-account": true,
  cancelled: true,
  "consent-missing": true,
  "mfa-required": true,
  "assertion-expired": true,
  "assertion-rejected": true,
  "conditional-access": true,
  "app-credential-rejected": true,
  unavailable: true,
  unrecognised: true,
};
export const PROBLEMS = Object.keys(problems) as readonly SignInProblem[];

const faults: Readonly<Record<FaultCode, true>> = {
  "graph-denied": true,
  "graph-unauthorized": true,
  "graph-no-licence": true,
  "graph-not-found": true,
  "graph-bad-request": true,
  "graph-conflict": true,
  "graph-throttled": true,
  "graph-unavailable": true,
  "graph-unreachable": true,
  "graph-too-slow": true,
  "wait-interrupted": true,
  "graph-unreadable": true,
  "policy-unreadable": true,
  "app-sign-in-failed": true,
  "app-consent-missing": true,
  "entra-unavailable": true,
  "store-unavailable": true,
  "emergency-accounts-unsure": true,
  "too-late": true,
  "store-altered": true,
  "store-put-back": true,
};
export const FAULTS = Object.keys(faults) as readonly FaultCode[];

const writeFaults: Readonly<Record<WriteFaultCode, true>> = {
  "write-denied": true,
  "write-unauthorized": true,
  "write-throttled": true,
  "write-unavailable": true,
  "write-conflict": true,
};
export const WRITE_FAULTS = Object.keys(writeFaults) as readonly WriteFaultCode[];
