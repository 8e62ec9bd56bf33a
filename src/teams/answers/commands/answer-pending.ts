import { pendingPlans } from "../../../core/report/report.js";
import { pendingCard } from "../../cards/reports/pending-card.js";
import type { AnswerTo } from "./answer-to.js";

/** The plans that wait for a decision, and the drift that does. */
export const answerPending: AnswerTo<"pending"> = async ({ ports, rules }) => ({
  kind: "card",
  card: pendingCard(await pendingPlans(ports, rules), await ports.watch.openDrift(rules.tenantId)),
});
