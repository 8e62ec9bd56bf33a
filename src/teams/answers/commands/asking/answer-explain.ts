import { explain } from "../../../../core/report/explain.js";
import { conceptText } from "../../../words/explain/concept-text.js";
import type { AnswerTo } from "../answer-to.js";

/** What a word means, how it is in this tenant, and what to say next. */
export const answerExplain: AnswerTo<"explain"> = async ({ ports }, _, { concept }) => ({
  kind: "text",
  text: conceptText(await explain(ports, concept)),
});
