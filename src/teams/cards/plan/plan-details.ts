import type { Plan } from "../../../core/plan/plan.js";
import { plainSentences } from "../../words/card-text.js";
import { coverageLines } from "../../words/coverage-words.js";
import { isAskedAtLength, planSummary } from "../../words/plan-words.js";
import type { AdaptiveCard } from "../parts/card.js";
import { card, subtle } from "../parts/card-parts.js";
import { aroundLists, titledLines, withPageOfLists } from "../parts/page-of-lists.js";
import { planBanner } from "./plan-banner.js";
import { planLeafButtons } from "./plan-buttons.js";
import { planHead } from "./plan-card.js";
import { planLists } from "./plan-lists.js";
import { planNext } from "./plan-next.js";
import type { PlanView } from "./plan-view.js";
import { weakeningsBanner } from "./weakenings.js";

/**
 * Everything the brief card counts: names, models with their AAGUIDs, what the scan reached. For the person who
 * pressed alone.
 * @param page counts from 1; the last page for one beyond it
 */
export function planDetails(plan: Plan, view: PlanView, page = 1): AdaptiveCard {
  const named: PlanView = { ...view, names: "shown" };
  const head = [
    planHead(plan),
    ...weakeningsBanner(plan.proposal.weakenings ?? [], plan.proposal),
    planBanner(plan, named),
  ];
  const first = [
    ...(isAskedAtLength(plan) ? [subtle(`Asked: ${plainSentences(plan.command)}`)] : []),
    ...titledLines("What was scanned", coverageLines(plan.proposal.impact.coverage)),
  ];
  return withPageOfLists(planLists(plan), page, (shown) =>
    card({
      fallbackText: planSummary(plan),
      body: aroundLists([...head, ...(shown.page === 1 ? first : [])], shown, [planNext(plan, named)]),
      actions: planLeafButtons(plan, named, shown),
    }),
  );
}
