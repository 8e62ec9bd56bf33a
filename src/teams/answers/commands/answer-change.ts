import type { ChangeCommand } from "../../../core/command/command.js";
import type { Plan } from "../../../core/plan/plan.js";
import { proposeChange } from "../../../core/plan/propose-change.js";
import type { Request } from "../../incoming/request.js";
import { thereAlready } from "../../words/there-already.js";
import type { Answer } from "../answer.js";
import type { AnswerContext } from "../answer-context.js";
import { showsRunningScan } from "./answer-scan.js";
import { answerRefusedChange } from "./choosing/answer-refused-change.js";

const WAITS_FOR_SCAN =
  "This waits for the scan that is running; its card in this conversation shows how far it is. The plan comes when it is done.";

/** Proposes a change, of whichever kind: its plan's card comes by itself, now or after a scan. @throws Fault */
export async function answerChange(
  context: AnswerContext,
  request: Request,
  command: ChangeCommand,
): Promise<Answer | undefined> {
  const { place, person, text: typed, key } = request;
  const scanIsShown = await showsRunningScan(context, place);
  const plan = await proposeChange(context.ports, context.rules, {
    command,
    typed,
    requester: person,
    conversation: place.id,
    ...(key === undefined ? {} : { message: key }),
  });
  if (!("kind" in plan)) return undefined;
  if (plan.kind === "same-plan") return itsCard(context, request, plan.plan);
  if (plan.kind === "refusal") return answerRefusedChange(context, request, plan);
  return scanIsShown ? { kind: "text", text: WAITS_FOR_SCAN } : undefined;
}

/** The card of a plan that does this already, kept up to date here from now on, and why there is no other. */
function itsCard({ announcer, messenger }: AnswerContext, { place, person }: Request, plan: Plan): Answer {
  return {
    kind: "live-card",
    post: async (into) => {
      await announcer.showPlan(plan, place.id, { into });
      await messenger.post(place, { kind: "text", text: thereAlready(plan, person.id) });
    },
  };
}
