import { whatIs } from "../../../core/report/what-is.js";
import { refusalWords } from "../../board/reason-words.js";
import { modelCard } from "../../cards/reports/model-card.js";
import type { AnswerTo } from "./answer-to.js";

/** What is known of a model. */
export const answerWhatIs: AnswerTo<"what-is"> = async (context, { place }, { model }) => {
  const report = await whatIs(context.ports, context.rules, model);
  if (report.kind === "refusal") return { kind: "text", text: await refusalWords(context, place, report) };
  return { kind: "card", card: modelCard(report) };
};
