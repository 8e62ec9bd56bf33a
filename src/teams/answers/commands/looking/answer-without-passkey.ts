import { withoutPasskey } from "../../../../core/report/standing/without-passkey.js";
import { namesMayShow } from "../../../board/plan-viewer.js";
import { withoutCard } from "../../../cards/reports/standing/without-card.js";
import type { AnswerTo } from "../answer-to.js";

/** Who has no passkey: counted everywhere, named only where people may be named. */
export const answerWithoutPasskey: AnswerTo<"without-passkey"> = async ({ ports, rules }, { place }) => {
  const report = await withoutPasskey(ports, rules);
  if (report.kind === "no-scan") {
    return {
      kind: "text",
      text: "Nobody's passkeys have been read yet. Say `scan`, and ask again when its card says that it is done.",
    };
  }
  const names = (await namesMayShow(ports.conversations, place)) ? "shown" : "counted";
  return { kind: "card", card: withoutCard(report, { names }) };
};
