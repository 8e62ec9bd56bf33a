import type { AuditEvent } from "../audit/record.js";
import type { PlanStateKind } from "../plan/plan.js";

interface EventFacts {
  /** What happened, as a person would say it; the plan is understood. */
  readonly words: string;
  /** States a plan may be in right afterwards; absent: the event leaves plans as they are. */
  readonly leaves?: readonly PlanStateKind[];
}

/** What each event says about a plan. */
export const EVENT_FACTS: Readonly<Record<AuditEvent, EventFacts>> = {
  "plan-proposed": { words: "Proposed", leaves: ["waiting"] },
  "plan-revised": { words: "Made anew as another revision", leaves: ["waiting"] },
  "plan-approved": { words: "Approved", leaves: ["waiting", "applying"] },
  "plan-rejected": { words: "Rejected", leaves: ["rejected"] },
  "plan-cancelled": { words: "Cancelled", leaves: ["cancelled"] },
  "plan-expired": { words: "Expired", leaves: ["expired"] },
  "plan-superseded": { words: "Closed without a write", leaves: ["superseded"] },
  "write-intended": { words: "About to write", leaves: ["applying"] },
  "write-refused": { words: "Refused by Graph", leaves: ["refused"] },
  "write-verified": { words: "Read back and found in force", leaves: ["applied"] },
  "write-without-effect": { words: "Read back and found without effect", leaves: ["waiting"] },
  "write-unknown": { words: "Outcome not known", leaves: ["unknown"] },
  "attempt-failed": { words: "Attempt failed, nothing was written", leaves: ["waiting"] },
  "approval-room-set": { words: "Approval room set" },
  "baseline-set": { words: "Taken as what the policy is compared with" },
  "drift-found": { words: "Drift found" },
  "drift-changed": { words: "Drift changed" },
  "drift-accepted": { words: "Drift accepted" },
  "drift-over": { words: "Drift over" },
  "evidence-given": { words: "Evidence given" },
};
