import { validApprovals } from "../../../core/approval/approval-rules.js";
import type { Plan } from "../../../core/plan/plan.js";
import { counted } from "../../../core/words/amounts.js";
import type { CardElement } from "../parts/card.js";
import { banner, subtle, text } from "../parts/card-parts.js";
import type { PlanView } from "./plan-view.js";

/** That a plan which waits is not known to have reached as many approvers as it lacks, and what to do; nothing when it has. */
export function planReached(plan: Plan, { reach }: PlanView): readonly CardElement[] {
  if (plan.state.kind !== "waiting" || reach === undefined) return [];
  const toDo = `to say **approvals here** in a channel with Latchkey, or **show ${plan.number}** in their own chat with it.`;
  const lacks = Math.max(1, plan.approvalsRequired - validApprovals(plan).length);
  switch (reach) {
    case "nobody":
      return [
        warning(
          `**No approver has this card:** neither an approval room nor an approver's own chat can be reached. Ask ${lacks > 1 ? `${lacks} approvers` : "an approver"} ${toDo}`,
        ),
      ];
    case "too-few":
      return [
        warning(
          `**Too few approvers have this card:** it lacks ${counted(lacks, "approval")}, and fewer approvers who could still give one can be reached. Ask another approver ${toDo}`,
        ),
      ];
    case "unknown":
      return [
        warning(
          `**It is not known which approvers have this card:** who may approve could not be found out. If none answers, ask ${lacks > 1 ? `${lacks} approvers` : "an approver"} ${toDo}`,
        ),
      ];
    default:
      return [subtle(hereOnly(lacks, toDo))];
  }
}

const hereOnly = (lacks: number, toDo: string): string =>
  lacks > 1
    ? `Too few approvers have this card in their own chats, and there is no approval room. If fewer than ${lacks} read here, ask another ${toDo}`
    : `Only this conversation has this card. If no approver reads here, ask one ${toDo}`;

const warning = (words: string): CardElement => banner("warning", [text(words)]);
