import type { AuditEntry } from "../../src/core/audit/record.js";
import { conversationId, type Person, personId, type TenantId } from "../../src/core/person.js";
import type { Plan, PlanDraft, PlanState, Proposal } from "../../src/core/plan/plan.js";
import { planEntry, proposalDetail } from "../../src/core/plan/plan-entry.js";
import { ENABLE } from "./sample-proposal.js";

const REQUESTER: Person = { id: personId("00000000-0000-4000-b000-000000000001"), name: "A requester" };
const APPROVER: Person = { id: personId("00000000-0000-4000-b000-000000000002"), name: "An approver" };
const WRITE = "00000000-0000-4000-c000-000000000000";
const HOUR_MS = 3_600_000;

/** A plan that waits, as `enable passkeys` leaves it. */
export function waitingDraft(tenant: TenantId, proposal: Proposal, createdAt: Date): PlanDraft {
  return {
    tenantId: tenant,
    revision: 1,
    command: "enable passkeys",
    intent: ENABLE,
    requester: REQUESTER,
    conversation: conversationId("a:somebody"),
    createdAt: createdAt.toISOString(),
    expiresAt: new Date(createdAt.getTime() + HOUR_MS).toISOString(),
    proposal,
    approvals: [],
    approvalsRequired: 1,
    state: { kind: "waiting" },
  };
}

/** What is recorded when a plan is made. */
export function proposed(plan: Pick<Plan, "proposal" | "command">) {
  return { command: plan.command, ...proposalDetail(plan.proposal) };
}

/**
 * A plan that was decided long ago, and its records in order: seven of ten were applied, the others cancelled,
 * rejected, or never decided.
 */
export function oldPlan(
  draft: PlanDraft,
  number: number,
): { readonly plan: Plan; readonly records: readonly AuditEntry[] } {
  const waiting: Plan = { ...draft, number, version: 1 };
  const at = new Date(Date.parse(draft.createdAt) + 60_000).toISOString();
  const made = planEntry(waiting, "plan-proposed", draft.createdAt, {
    by: draft.requester,
    conversation: draft.conversation,
    detail: proposed(waiting),
  });
  const ended = (state: PlanState, version: number, records: readonly AuditEntry[]) => ({
    plan: {
      ...waiting,
      version,
      approvals:
        state.kind === "applied" ? [{ by: APPROVER, at, revision: 1, conversation: draft.conversation }] : [],
      state,
    },
    records: [made, ...records],
  });
  const by = APPROVER;
  switch (number % 10) {
    case 0:
      return ended({ kind: "cancelled", by: REQUESTER, at }, 2, [
        planEntry(waiting, "plan-cancelled", at, { by: REQUESTER }),
      ]);
    case 1:
      return ended({ kind: "rejected", by, at, reason: "Not before the holidays." }, 2, [
        planEntry(waiting, "plan-rejected", at, { by, detail: { reason: "Not before the holidays." } }),
      ]);
    case 2:
      return ended({ kind: "expired", at: draft.expiresAt }, 2, [
        planEntry(waiting, "plan-expired", draft.expiresAt),
      ]);
    default:
      return ended({ kind: "applied", by, at, clientRequestId: WRITE, otherWriters: [] }, 3, [
        planEntry(waiting, "plan-approved", at, { by }),
        planEntry(waiting, "write-intended", at, {
          by,
          detail: {
            clientRequestId: WRITE,
            body: draft.proposal.after,
            fingerprint: draft.proposal.fingerprint,
          },
        }),
        planEntry(waiting, "write-verified", at, {
          by,
          detail: { clientRequestId: WRITE, requestId: WRITE, otherWriters: [] },
        }),
      ]);
  }
}
