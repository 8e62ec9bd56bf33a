import { withoutPasskey } from "../../../../core/report/standing/without-passkey.js";
import { namesMayShow } from "../../../board/plan-viewer.js";
import { withoutCard } from "../../../cards/reports/standing/without-card.js";
import type { AnswerTo } from "../answer-to.js";
import { noScanYet } from "./no-scan-yet.js";

/** Who has no passkey: counted everywhere, named only where people may be named. */
export const answerWithoutPasskey: AnswerTo<"without-passkey"> = async ({ ports, rules }, request) => {
  const report = await withoutPasskey(ports, rules);
  if (report.kind === "no-scan") return noScanYet(request);
  const names = (await namesMayShow(ports.conversations, request.place)) ? "shown" : "counted";
  return { kind: "card", card: withoutCard(report, { names }) };
};
