import { history } from "../../../core/report/history.js";
import { historyCard } from "../../cards/reports/history-card.js";
import type { AnswerTo } from "./answer-to.js";

/** The last plans, and what became of them. */
export const answerHistory: AnswerTo<"history"> = async ({ ports, rules }, _, { limit }) => ({
  kind: "card",
  card: historyCard(await history(ports, rules, limit)),
});
