import type { Plan } from "../../../core/plan/plan.js";
import { counted } from "../../../core/words/amounts.js";
import { askedWords, planSummary, planTitle, stateWords } from "../../words/plan-words.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, subtle, text, titleRow, titleText } from "../parts/card-parts.js";
import { changesNotShown, drawnLargest, type Extent } from "./changes-shown.js";
import { listChanges, modelsCounted } from "./plan-authenticators.js";
import { planBanner } from "./plan-banner.js";
import { planButtons } from "./plan-buttons.js";
import { planDiff } from "./plan-diff.js";
import { planNext } from "./plan-next.js";
import { planNote } from "./plan-note.js";
import { planTakesBack } from "./plan-overlaps.js";
import { planPosture } from "./plan-posture.js";
import { planProfiles } from "./plan-profiles.js";
import { planReached } from "./plan-reached.js";
import type { PlanView } from "./plan-view.js";
import { planWarnings } from "./plan-warnings.js";
import { pressShowAll } from "./press-show-all.js";
import { weakeningsBanner } from "./weakenings.js";

/** The card of a plan, in any state. Only banner, state and buttons differ. */
export function planCard(plan: Plan, view: PlanView): AdaptiveCard {
  const draw = ({ rows, models }: Extent) => [...planDiff(plan, rows), ...listChanges(plan.proposal, models)];
  const waits = plan.state.kind === "waiting";
  const { extent, drawn } = isOpen(plan) ? drawnLargest(draw) : { extent: DECIDED, drawn: draw(DECIDED) };
  const notShown = changesNotShown(plan.proposal, extent);
  return card({
    fallbackText: planSummary(plan),
    body: [
      planHead(plan),
      ...planNote(plan),
      ...planReached(plan, view),
      ...(isOpen(plan) ? weakeningsBanner(plan.proposal.weakenings ?? [], plan.proposal) : []),
      planBanner(plan, view),
      ...(waits ? pressShowAll(notShown, "top") : []),
      ...(isOpen(plan) ? planTakesBack(plan) : []),
      ...drawn,
      ...planProfiles(plan),
      ...(waits ? [] : moreChanges(notShown - modelsCounted(plan.proposal, extent.models))),
      ...planWarnings(plan),
      ...planPosture(plan),
      planNext(plan, view),
      ...(waits && rowsOf(drawn) > IN_ONE_VIEW ? pressShowAll(notShown, "buttons") : []),
    ],
    actions: planButtons(plan, view, notShown),
  });
}

/** Of so many rows the ends are seen at once: what is said above them need not be said below them again. */
const IN_ONE_VIEW = 8;

function rowsOf(elements: readonly CardElement[]): number {
  return elements.reduce((sum, each) => sum + (each.type === "Table" ? each.rows.length : 1), 0);
}

/** What a decided card shows of a change: the rest is behind a button. */
const DECIDED: Extent = { rows: 6, models: 3 };

/** @param count changes that stand in no line of the card, models that a list counts left out */
function moreChanges(count: number): readonly CardElement[] {
  return count === 0 ? [] : [subtle(`${counted(count, "more change")}.`, { spacing: "small" })];
}

function isOpen({ state }: Plan): boolean {
  return state.kind === "waiting" || state.kind === "applying" || state.kind === "unknown";
}

/** Title and state, number, revision, who asked for what and when. */
export function planHead(plan: Plan): CardElement {
  const { symbol, words, color } = stateWords(plan);
  const small = `Plan #${plan.number} · revision ${plan.revision} · ${askedWords(plan)}`;
  return titleRow(
    [titleText(planTitle(plan)), subtle(small, { spacing: "none" })],
    [text(`${symbol} ${words}`, { weight: "bolder", color })],
  );
}
