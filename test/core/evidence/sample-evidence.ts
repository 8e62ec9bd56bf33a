import { seal } from "../../../src/core/audit/chain.js";
import type { AuditEntry, AuditRecord } from "../../../src/core/audit/record.js";
import type { Evidence } from "../../../src/core/evidence/evidence.js";
import { conversationId } from "../../../src/core/person.js";
import type { Plan, Proposal } from "../../../src/core/plan/plan.js";
import { planEntry, proposalDetail } from "../../../src/core/plan/plan-entry.js";
import { ADA, GRACE, LATER, narrowingPlan, REQUEST, STATES } from "../../teams/cards/plan/sample-plans.js";

const ROOM = conversationId("19:approvals@thread.tacv2");

/** Records in one chain, behind thirteen of other plans. */
function sealed(entries: readonly AuditEntry[]): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  const before = { sequence: 13, hash: "b".repeat(64) } as AuditRecord;
  for (const entry of entries) records.push(seal(entry, records.at(-1) ?? before));
  return records;
}

function appliedPlan(): Plan {
  const { applied } = STATES;
  return narrowingPlan({ revision: 2, ...(applied === undefined ? {} : { state: applied }) });
}

/** Everything about a plan that was made anew once, approved, and written. @param first what its first revision proposed */
export function sampleEvidence(plan: Plan = appliedPlan(), first?: Proposal): Evidence {
  const { proposal, createdAt: at } = plan;
  const said = { conversation: plan.conversation };
  const pressed = { by: GRACE, conversation: ROOM };
  const records = sealed([
    planEntry({ ...plan, revision: 1 }, "plan-proposed", at, {
      by: plan.requester,
      ...said,
      detail: { command: plan.command, ...proposalDetail(first ?? proposal) },
    }),
    planEntry({ ...plan, revision: 1 }, "plan-revised", at, {
      ...pressed,
      detail: { revision: 2, ...proposalDetail(proposal) },
    }),
    planEntry(plan, "plan-approved", LATER, { ...pressed, detail: { fingerprint: proposal.fingerprint } }),
    planEntry(plan, "write-intended", LATER, {
      ...pressed,
      detail: {
        clientRequestId: REQUEST,
        body: { state: "enabled" },
        fingerprint: proposal.fingerprint,
      },
    }),
    planEntry(plan, "write-verified", LATER, {
      ...pressed,
      detail: { clientRequestId: REQUEST, requestId: "graph-request-1", otherWriters: [] },
    }),
  ]);
  const last = records.at(-1);
  return {
    plan: { ...plan, approvals: [{ by: GRACE, at: LATER, revision: plan.revision, conversation: ROOM }] },
    records,
    head: { sequence: last?.sequence ?? 0, hash: last?.hash ?? "" },
    at: LATER,
    givenTo: ADA,
  };
}
