import { modelsReport } from "../../../../core/report/models-report.js";
import { modelsCard } from "../../../cards/reports/models-card.js";
import { answerScan } from "../answer-scan.js";
import type { AnswerTo } from "../answer-to.js";
import { offer } from "../deciding/offer.js";

/** Notices and what was put off that the card names. */
const NOTICES = 5;

const FIRST_SCAN =
  "Nobody's passkeys have been read yet, so a scan has begun. Say `models` again when its card says that it is done.";

/** Models in use, allowed and warned of, with what was noticed; before the first scan one is started. */
export const answerModels: AnswerTo<"models"> = async (context, request) => {
  const { ports, rules } = context;
  const report = await modelsReport(ports, rules);
  if (report.kind === "no-scan") {
    await answerScan(context, request, { kind: "scan", full: false });
    return offer(FIRST_SCAN, "models");
  }
  const notices = [
    ...(await ports.modelNotices.open(rules.tenantId, NOTICES)),
    ...(await ports.modelNotices.putOff(rules.tenantId, NOTICES)),
  ];
  return { kind: "card", card: modelsCard(report, notices) };
};
