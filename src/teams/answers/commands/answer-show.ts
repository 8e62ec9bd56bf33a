import { viewPlan } from "../../../core/report/report.js";
import { refusalWords } from "../../board/reason-words.js";
import type { AnswerTo } from "./answer-to.js";

/** The card of a plan, kept up to date here from now on. */
export const answerShow: AnswerTo<"show"> = async (context, { place }, { planNumber }) => {
  const plan = await viewPlan(context.ports, context.rules, planNumber);
  if ("kind" in plan) return { kind: "text", text: await refusalWords(context, place, plan) };
  return { kind: "live-card", post: (into) => context.announcer.showPlan(plan, place.id, { into }) };
};
