import { validApprovals } from "../../../core/approval/approval-rules.js";
import type { Plan } from "../../../core/plan/plan.js";
import { plain } from "../card-text.js";
import { planTitle } from "../plan-words.js";

/** What the person who asked hears while there is still time to find an approver. Markdown. */
export function expiryText(plan: Plan, now: Date): string {
  const minutes = Math.max(1, Math.ceil((Date.parse(plan.expiresAt) - now.getTime()) / 60_000));
  const given = validApprovals(plan).length;
  const missing = plan.approvalsRequired - given;
  const lacks =
    given === 0
      ? "no approver has decided on it yet"
      : `it still lacks ${missing} ${missing === 1 ? "approval" : "approvals"}`;
  return `${plain(plan.requester.name)}: plan #${plan.number} (${planTitle(plan)}) expires in ${minutes} ${minutes === 1 ? "minute" : "minutes"}, and ${lacks}. Ask an approver to say \`show ${plan.number}\` to Latchkey. If it expires, nothing is written, and you can ask for the change again.`;
}
