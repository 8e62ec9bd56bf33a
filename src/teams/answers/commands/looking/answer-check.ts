import { checkFor } from "../../../../core/check/check-for.js";
import { checkCard } from "../../../cards/reports/check-card.js";
import { CHECK_IN_OWN_CHAT, CHECK_NOT_FOR_YOU } from "../../../words/check/check-text.js";
import type { AnswerTo } from "../answer-to.js";

/** How the installation stands, in the own chat of an administrator or an approver. */
export const answerCheck: AnswerTo<"check"> = async ({ ports, rules }, { place, person }) => {
  if (place.kind !== "personal") return { kind: "text", text: CHECK_IN_OWN_CHAT };
  const checked = await checkFor(ports, rules, person);
  return checked.kind === "not-for-you"
    ? { kind: "text", text: CHECK_NOT_FOR_YOU }
    : { kind: "card", card: checkCard(checked) };
};
