import { isAllowed } from "../../../../core/report/is-allowed.js";
import { refusalWords } from "../../../board/reason-words.js";
import { isAllowedText } from "../../../words/explain/is-allowed-text.js";
import type { AnswerTo } from "../answer-to.js";

/** Whether a model may be used, and what can be proposed. @throws Fault */
export const answerIsAllowed: AnswerTo<"is-allowed"> = async (context, { place }, { model }) => {
  const report = await isAllowed(context.ports, context.rules, model);
  const text = report.kind === "refusal" ? await refusalWords(context, place, report) : isAllowedText(report);
  return { kind: "text", text };
};
