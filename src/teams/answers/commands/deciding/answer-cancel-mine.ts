import { isRequester } from "../../../../core/plan/plan.js";
import { pendingPlans } from "../../../../core/report/report.js";
import { planTitle } from "../../../words/plan-words.js";
import { answerCancel } from "../answer-cancel.js";
import type { AnswerTo } from "../answer-to.js";
import { whichOf } from "./answer-approve.js";
import { offer } from "./offer.js";

/** Takes back the one plan of theirs that is open; where that was not said in so many words, asks first. @throws Fault */
export const answerCancelMine: AnswerTo<"cancel-mine"> = async (context, request, { isNamed }) => {
  const open = await pendingPlans(context.ports, context.rules);
  const mine = open.filter((plan) => isRequester(plan, request.person.id));
  const [plan, ...more] = mine;
  if (plan === undefined) {
    return offer("No plan of yours is open, so there is nothing to cancel.", "pending", "history");
  }
  if (more.length > 0) return whichOf(mine, "cancel");
  const { number: planNumber } = plan;
  if (isNamed) return answerCancel(context, request, { kind: "cancel", planNumber });
  return offer(
    `Do you mean plan #${planNumber} (${planTitle(plan)})? Say \`cancel ${planNumber}\` to take it back.`,
    `cancel ${planNumber}`,
  );
};
