import { describePolicy } from "../../../../core/report/report.js";
import { compareProfiles } from "../../../../core/report/rollout/compare-profiles.js";
import { refusalWords } from "../../../board/reason-words.js";
import { comparisonCard } from "../../../cards/reports/standing/comparison-card.js";
import type { AnswerTo } from "../answer-to.js";
import { answerAboutProfiles } from "./answer-profiles.js";

/** In what profiles differ, side by side. */
export const answerCompareProfiles: AnswerTo<"compare-profiles"> = async (context, request, { profiles }) => {
  const report = await describePolicy(context.ports, context.rules);
  const { policy } = report;
  if (policy.shape === "legacy") return answerAboutProfiles(context, request, { kind: "about-profiles" });
  const comparison = compareProfiles(policy, profiles);
  if ("kind" in comparison)
    return { kind: "text", text: await refusalWords(context, request.place, comparison) };
  return { kind: "card", card: comparisonCard(report, policy, comparison) };
};
