import { readStatus } from "../../../../core/report/standing/status.js";
import { waitsFor } from "../../../../core/report/standing/waits-for.js";
import { statusCard } from "../../../cards/reports/standing/status-card.js";
import type { AnswerTo } from "../answer-to.js";

/** How the rollout stands; what waits for the person who asks is said to them alone. */
export const answerStatus: AnswerTo<"status"> = async ({ ports, rules }, { place, person }) => {
  const status = await readStatus(ports, rules);
  const own = place.kind === "personal" ? await waitsFor(ports, rules, status.waiting, person.id) : undefined;
  return { kind: "card", card: statusCard(status, own) };
};
