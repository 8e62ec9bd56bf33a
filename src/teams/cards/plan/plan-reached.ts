import type { Plan } from "../../../core/plan/plan.js";
import type { CardElement } from "../parts/card.js";
import { banner, subtle, text } from "../parts/card-parts.js";
import type { PlanView } from "./plan-view.js";

/** That no approver is known to have the card of a plan that waits, and what to do; nothing when one has. */
export function planReached({ number, state }: Plan, { reach }: PlanView): readonly CardElement[] {
  if (state.kind !== "waiting" || reach === undefined) return [];
  const toDo = `to say **approvals here** in a channel with Latchkey, or **show ${number}** in their own chat with it.`;
  return reach === "nobody"
    ? [
        banner("warning", [
          text(
            `**No approver has this card:** neither an approval room nor an approver's own chat can be reached. Ask an approver ${toDo}`,
          ),
        ]),
      ]
    : [subtle(`Only this conversation has this card. If no approver reads here, ask one ${toDo}`)];
}
