import { unreachable } from "../../core/errors.js";
import type { Plan, PlanNote } from "../../core/plan/plan.js";
import type { CardElement } from "./card.js";
import { banner, subtle, text } from "./card-parts.js";
import { moment, plain, SENTENCES } from "./card-text.js";

/** Why a plan that waits is not what it was; nothing when there is nothing to say. */
export function planNote(plan: Plan): readonly CardElement[] {
  const { note } = plan;
  if (note === undefined) return [];
  const request = "requestId" in note && note.requestId !== undefined ? [requestLine(note.requestId)] : [];
  return [banner("warning", [text(noteWords(plan, note)), ...request])];
}

function noteWords(plan: Plan, note: PlanNote): string {
  const who = plain(note.approver.name);
  const at = moment(note.at, plan.createdAt);
  switch (note.kind) {
    case "policy-moved":
      return `**The policy changed since the last revision.** ${who} approved at ${at}, and nothing was written. This is revision ${plan.revision}, made from the policy as it is now; earlier approvals do not count.`;
    case "no-effect":
      return `**Not applied: Graph reported success, but reading back shows the old policy.** ${who} approved at ${at}. The plan is open again.`;
    case "not-written-after-all":
      return `**Not applied: the work was interrupted, and the policy reads as before.** ${who} approved at ${at}. The plan is open again.`;
    case "attempt-failed":
      return `**Nothing was written when ${who} approved at ${at}.** ${plain(note.why, SENTENCES)} The plan stays open.`;
    default:
      return unreachable(note);
  }
}

function requestLine(requestId: string): CardElement {
  return subtle(`Graph request ${plain(requestId)}`, { spacing: "small" });
}
