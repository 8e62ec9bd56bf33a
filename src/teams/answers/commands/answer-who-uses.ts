import { whoUses } from "../../../core/report/who-uses.js";
import { namesMayShow } from "../../board/plan-viewer.js";
import { refusalWords } from "../../board/reason-words.js";
import { whoUsesCount, whoUsesNames } from "../../cards/reports/who-uses-card.js";
import type { AnswerTo } from "./answer-to.js";
import { noScanYet } from "./looking/no-scan-yet.js";

/** People are named only where names may show; elsewhere they are counted, and a button names them to one person. */
export const answerWhoUses: AnswerTo<"who-uses"> = async (context, request, { model }) => {
  const { place } = request;
  const report = await whoUses(context.ports, context.rules, model);
  if (report.kind === "no-scan") return noScanYet(request);
  if (report.kind === "refusal") return { kind: "text", text: await refusalWords(context, place, report) };
  const named = await namesMayShow(context.ports.conversations, place);
  return { kind: "card", card: named ? whoUsesNames(report) : whoUsesCount(report) };
};
