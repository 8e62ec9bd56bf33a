import { keysInUse } from "../../../core/report/keys-in-use.js";
import { keysCard } from "../../cards/reports/keys-card.js";
import { answerScan } from "./answer-scan.js";
import type { AnswerTo } from "./answer-to.js";
import { offer } from "./deciding/offer.js";

const FIRST_SCAN =
  "Nobody's passkeys have been read yet, so a scan has begun. Say `keys in use` again when its card says that it is done.";

/** The models in use by the latest scan; where there is none, one is started. */
export const answerKeysInUse: AnswerTo<"keys-in-use"> = async (context, request) => {
  const report = await keysInUse(context.ports, context.rules);
  if (report.kind === "keys-in-use") return { kind: "card", card: keysCard(report) };
  await answerScan(context, request, { kind: "scan", full: false });
  return offer(FIRST_SCAN, "keys in use");
};
