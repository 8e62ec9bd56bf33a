import type { AuditEntry } from "../audit/record.js";
import type { Click } from "../plan/open-plan.js";
import type { Approval, Plan } from "../plan/plan.js";
import { planEntry } from "../plan/plan-entry.js";
import type { Ports } from "../ports.js";

/** One person's approval on its way: of this plan as it was found, by this press. */
export interface Approving {
  readonly plan: Plan;
  readonly approval: Approval;
  readonly click: Click;
  /** Those that were looked up before the sign-in. */
  readonly emergencyAccounts: readonly string[];
}

/** What is recorded of it. */
export function approvedEntry(
  ports: Pick<Ports, "clock">,
  plan: Plan,
  { approval, click }: Pick<Approving, "approval" | "click">,
): AuditEntry {
  const { signIn } = approval;
  return planEntry(plan, "plan-approved", ports.clock.now().toISOString(), {
    by: click.person,
    conversation: click.conversation,
    detail: {
      fingerprint: plan.proposal.fingerprint,
      shown: click.digest,
      ...(signIn === undefined ? {} : { signIn: { ...signIn } }),
    },
  });
}
