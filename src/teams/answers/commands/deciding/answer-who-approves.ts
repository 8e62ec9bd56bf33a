import { approverWords } from "../../../words/decide/approver-words.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "./offer.js";

/** Whose approval a plan needs. */
export const answerWhoApproves: AnswerTo<"who-approves"> = async ({ rules }) =>
  offer(approverWords(rules), "pending", "approvals here");
