import type { AuditEntry, AuditEvent } from "../audit/record.js";
import type { Coverage } from "../impact/impact.js";
import { asJson, type JsonObject } from "../json.js";
import type { Instant, Person } from "../person.js";
import type { Plan, Proposal } from "./plan.js";

/**
 * What an auditor needs of a proposal: both policies, the diff, the warnings, what its title is made of, whom it concerns, and what that rests on.
 * Plans are compared with it (`plan-trail.ts`): what a member of it is made of stays as it is, and more may come.
 */
export function proposalDetail(proposal: Proposal): JsonObject {
  const { impact } = proposal;
  return {
    fingerprint: proposal.fingerprint,
    before: proposal.before,
    after: proposal.after,
    changes: asJson(proposal.changes),
    ...(proposal.overlaps === undefined ? {} : { overlaps: asJson(proposal.overlaps) }),
    ...(proposal.profileMembers === undefined ? {} : { profileMembers: asJson(proposal.profileMembers) }),
    ...(proposal.weakenings === undefined ? {} : { weakenings: asJson(proposal.weakenings) }),
    warnings: asJson(proposal.warnings),
    ...(proposal.effect === undefined ? {} : { effect: asJson(proposal.effect) }),
    ...(proposal.groupFacts === undefined ? {} : { groups: asJson(proposal.groupFacts) }),
    impact: {
      narrows: impact.narrows,
      losing: impact.losing.map((person) => person.id),
      keepingAnother: impact.keepingAnother.map((person) => person.id),
      modelsCutOff: impact.modelsCutOff.map(({ aaguid, people }) => ({ aaguid, people })),
      scan: scanDetail(impact.coverage),
    },
  };
}

/** What else was agreed when a revision was proposed, so that it can be compared for good. */
export function termsDetail(plan: Pick<Plan, "intent" | "expiresAt" | "approvalsRequired">): JsonObject {
  const { intent, expiresAt, approvalsRequired } = plan;
  return { intent: asJson(intent), expiresAt, approvalsRequired };
}

/** How much of the tenant was read, without a name. */
function scanDetail(coverage: Coverage): JsonObject {
  const { scanId, kind, from, at, fullSince, path, complete, asked, carried, gone } = coverage;
  const { accounts, reportRows } = coverage;
  const left = {
    ...(accounts === undefined ? {} : { accounts: { ...accounts } }),
    ...(reportRows === undefined ? {} : { reportRows }),
  };
  const odd = coverage.oddEntries === undefined ? {} : { oddEntries: coverage.oddEntries };
  const { unreadCount, keyholders, recentIncluded, peopleHash, recordedAs } = coverage;
  const proof = {
    ...(peopleHash === undefined ? {} : { peopleHash }),
    ...(recordedAs === undefined ? {} : { record: recordedAs }),
  };
  const counts = { asked, carried, gone, unread: unreadCount, keyholders };
  return {
    id: scanId,
    kind,
    from,
    at,
    fullSince,
    path,
    complete,
    ...counts,
    recentIncluded,
    ...proof,
    ...left,
    ...odd,
  };
}

/** An entry about a plan as it stands. */
export function planEntry(
  plan: Plan,
  event: AuditEvent,
  at: Instant,
  about: {
    readonly by?: Person;
    readonly detail?: JsonObject;
    readonly conversation?: AuditEntry["conversation"];
  } = {},
): AuditEntry {
  return {
    tenantId: plan.tenantId,
    at,
    event,
    planNumber: plan.number,
    revision: plan.revision,
    ...(about.by ? { by: about.by } : {}),
    ...(about.conversation ? { conversation: about.conversation } : {}),
    detail: about.detail ?? {},
  };
}
