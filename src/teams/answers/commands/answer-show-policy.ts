import { describePolicy } from "../../../core/report/report.js";
import { policyCard } from "../../cards/reports/policy-card.js";
import type { AnswerTo } from "./answer-to.js";

/** The policy as it is read now, and the drift that is open. */
export const answerShowPolicy: AnswerTo<"show-policy"> = async ({ ports, rules }) => ({
  kind: "card",
  card: policyCard(await describePolicy(ports, rules), await ports.watch.openDrift(rules.tenantId)),
});
