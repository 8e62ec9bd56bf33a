import { refuse } from "../../../core/errors.js";
import { whoUses } from "../../../core/report/who-uses.js";
import { namesMayShow } from "../../board/plan-viewer.js";
import { refusalWords } from "../../board/reason-words.js";
import { whoUsesCount, whoUsesNames } from "../../cards/reports/who-uses-card.js";
import type { AnswerTo } from "./answer-to.js";

/** People are named only where names may show; elsewhere they are counted, and a button names them to one person. */
export const answerWhoUses: AnswerTo<"who-uses"> = async (context, { place }, { model }) => {
  const found = await whoUses(context.ports, context.rules, model);
  const report = found.kind === "no-scan" ? refuse({ code: "no-scan-yet" }) : found;
  if (report.kind === "refusal") return { kind: "text", text: await refusalWords(context, place, report) };
  const named = await namesMayShow(context.ports.conversations, place);
  return { kind: "card", card: named ? whoUsesNames(report) : whoUsesCount(report) };
};
