import { readStatus } from "../../../../core/report/standing/status.js";
import { stagesCard } from "../../../cards/reports/rollout/stages-card.js";
import type { AnswerTo } from "../answer-to.js";

/** How each stage of the rollout stands; without any, the groups that passkeys are for. */
export const answerStages: AnswerTo<"stages"> = async ({ ports, rules }) => ({
  kind: "card",
  card: stagesCard(await readStatus(ports, rules)),
});
