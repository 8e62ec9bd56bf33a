import { cancelPlan } from "../../../core/approval/decide.js";
import { refusalWords } from "../../board/reason-words.js";
import type { AnswerTo } from "./answer-to.js";

/** Takes a plan back. What could not be known to be unwritten is closed, not cancelled. */
export const answerCancel: AnswerTo<"cancel"> = async (context, { place, person }, { planNumber }) => {
  const click = { planNumber, person, conversation: place.id };
  const result = await cancelPlan(context.ports, context.rules, click);
  if (result.kind === "refusal") return { kind: "text", text: await refusalWords(context, place, result) };
  const isUnwritten = result.plan.state.kind === "cancelled";
  return { kind: "text", text: isUnwritten ? cancelled(planNumber) : closed(planNumber) };
};

function cancelled(planNumber: number): string {
  return `Plan #${planNumber} is cancelled, and nothing was written. Ask again when you want a fresh plan.`;
}

function closed(planNumber: number): string {
  return `Plan #${planNumber} is closed, and nothing more is done with it. Whether its change was written was never found out: say \`show policy\` to see what is in force.`;
}
