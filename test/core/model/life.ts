import type { AuditEvent } from "../../../src/core/audit/record.js";
import { isPutOff, type Plan } from "../../../src/core/plan/plan.js";

/** What the record may say of a write, sooner or later. */
export const OUTCOMES: ReadonlySet<AuditEvent> = new Set<AuditEvent>([
  "write-verified",
  "write-refused",
  "write-unknown",
  "write-without-effect",
  "write-put-off",
  "attempt-failed",
  "plan-revised",
  "plan-superseded",
]);

/** The life of a plan as it was agreed: from where to where, with the record that has to come with it. */
export const LIFE: Readonly<Record<string, readonly AuditEvent[]>> = {
  "waiting -> waiting": ["plan-approved", "plan-revised"],
  "waiting -> applying": ["write-intended"],
  "waiting -> rejected": ["plan-rejected"],
  "waiting -> cancelled": ["plan-cancelled"],
  "waiting -> expired": ["plan-expired"],
  "waiting -> superseded": ["plan-superseded"],
  "applying -> put-off": ["write-put-off"],
  "put-off -> put-off": ["write-put-off"],
  "put-off -> applying": ["write-intended"],
  // The time is up, the policy cannot be read, or what decides over it changed; also found by a process that goes on with it.
  "put-off -> waiting": ["attempt-failed"],
  "put-off -> cancelled": ["plan-cancelled"],
  "put-off -> rejected": ["plan-rejected"],
  "applying -> waiting": ["attempt-failed", "plan-revised", "write-without-effect"],
  "applying -> applied": ["write-verified"],
  "applied -> applied": ["other-writers-found"],
  "applying -> refused": ["write-refused"],
  "applying -> unknown": ["write-unknown"],
  "applying -> superseded": ["plan-superseded"],
  "unknown -> waiting": ["attempt-failed", "plan-revised", "write-without-effect"],
  "unknown -> applied": ["write-verified"],
  "unknown -> refused": ["write-refused"],
  "unknown -> unknown": ["write-unknown"],
  "unknown -> superseded": ["plan-superseded"],
};

/** A state; that of a plan whose write waits for Graph has its own name. */
export function stageOf(plan: Plan): string {
  return isPutOff(plan) ? "put-off" : plan.state.kind;
}
