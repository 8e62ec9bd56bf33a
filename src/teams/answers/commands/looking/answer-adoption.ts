import { reportAdoption } from "../../../../core/report/adoption/adoption-report.js";
import { adoptionCard } from "../../../cards/reports/standing/adoption/adoption-card.js";
import type { AnswerTo } from "../answer-to.js";
import { answerRefusedChange } from "../choosing/answer-refused-change.js";
import { groupMeant } from "./group-meant.js";
import { noScanYet } from "./no-scan-yet.js";

/** How many have a passkey, and how it went: numbers only, so in every conversation. */
export const answerAdoption: AnswerTo<"adoption"> = async (context, request, command) => {
  const report = await reportAdoption(context.ports, context.rules, groupMeant(command));
  if (report.kind === "no-scan") return noScanYet(request);
  if (report.kind === "refusal") return answerRefusedChange(context, request, report);
  return { kind: "card", card: adoptionCard(report) };
};
