import type { AuditEvent } from "../audit/record.js";

interface EventFacts {
  /** What happened, as a person would say it; the plan is understood. */
  readonly words: string;
  /**
   * Whether its record is always stored together with the plan, and says how that was stored. An attempt that failed
   * may have left the plan as it was.
   */
  readonly changesPlan?: true;
}

/** What each event says about a plan. */
export const EVENT_FACTS: Readonly<Record<AuditEvent, EventFacts>> = {
  "plan-proposed": { words: "Proposed", changesPlan: true },
  "plan-revised": { words: "Made anew as another revision", changesPlan: true },
  "plan-approved": { words: "Approved", changesPlan: true },
  "plan-rejected": { words: "Rejected", changesPlan: true },
  "plan-cancelled": { words: "Cancelled", changesPlan: true },
  "plan-expired": { words: "Expired", changesPlan: true },
  "plan-superseded": { words: "Closed without a write", changesPlan: true },
  "write-intended": { words: "About to write", changesPlan: true },
  "write-put-off": { words: "Put off, nothing was written", changesPlan: true },
  "write-refused": { words: "Refused by Graph", changesPlan: true },
  "write-verified": { words: "Read back and found in force", changesPlan: true },
  "other-writers-found": { words: "Others changed the policy meanwhile", changesPlan: true },
  "write-without-effect": { words: "Read back and found without effect", changesPlan: true },
  "write-unknown": { words: "Outcome not known", changesPlan: true },
  "attempt-failed": { words: "Attempt failed, nothing was written" },
  "change-answered": { words: "What waited for a scan was answered" },
  "change-asked": { words: "Asked for, and waits for a scan" },
  "change-dropped": { words: "Waited for a scan, and was dropped when the store was restored" },
  "approval-room-set": { words: "Approval room set" },
  "approval-room-ended": { words: "Approval room no longer" },
  "baseline-set": { words: "Taken as what the policy is compared with" },
  "drift-found": { words: "Drift found" },
  "drift-changed": { words: "Drift changed" },
  "drift-accepted-by-one": { words: "Drift accepted by one approver, another has to" },
  "drift-accepted": { words: "Drift accepted" },
  "drift-over": { words: "Drift over" },
  "scan-finished": { words: "Scan finished" },
  "person-forgotten": { words: "What was kept of a person removed" },
  "store-restored": { words: "Store restored from a backup" },
  "evidence-given": { words: "Evidence given" },
  "digest-turned-on": { words: "Digest turned on" },
  "stages-written": { words: "Stages of the rollout written down" },
  "stages-ended": { words: "Stages of the rollout forgotten" },
  "digest-turned-off": { words: "Digest turned off" },
  "models-put-off": { words: "Notice of models put off" },
  "people-list-given": { words: "People without a passkey given as a file" },
  "person-looked-at": { words: "One person's passkeys shown" },
};
