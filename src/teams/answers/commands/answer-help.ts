import { helpLines } from "../../../core/command/help.js";
import { helpCard } from "../../cards/reports/help-card.js";
import type { AnswerTo } from "./answer-to.js";

/** Every command there is. */
export const answerHelp: AnswerTo<"help"> = async () => ({ kind: "card", card: helpCard(helpLines()) });
