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
  const { head, weakenings, change, foot, notShown } = partsOf(plan);
  return card({
    fallbackText: planSummary(plan),
    body: [
      ...head,
      ...planReached(plan, view),
      ...weakenings,
      planBanner(plan, view),
      ...change,
      planNext(plan, view),
      ...foot,
    ],
    actions: planButtons(plan, view, notShown),
  });
}

/** What stands on the card wherever it is seen, from top to bottom, and how many changes do not. */
interface PlanParts {
  readonly head: readonly CardElement[];
  readonly weakenings: readonly CardElement[];
  readonly change: readonly CardElement[];
  readonly foot: readonly CardElement[];
  readonly notShown: number;
}

/** A plan is drawn for each place in which it stands: most of the work is the same for all. */
const PARTS = new WeakMap<Plan, PlanParts>();

function partsOf(plan: Plan): PlanParts {
  const known = PARTS.get(plan);
  if (known !== undefined) return known;
  const parts = drawParts(plan);
  PARTS.set(plan, parts);
  return parts;
}

function drawParts(plan: Plan): PlanParts {
  const draw = ({ rows, models }: Extent) => [...planDiff(plan, rows), ...listChanges(plan.proposal, models)];
  const waits = plan.state.kind === "waiting";
  const { extent, drawn } = isOpen(plan) ? drawnLargest(draw) : { extent: DECIDED, drawn: draw(DECIDED) };
  const notShown = changesNotShown(plan.proposal, extent);
  return {
    head: [planHead(plan), ...planNote(plan)],
    weakenings: isOpen(plan) ? weakeningsBanner(plan.proposal.weakenings ?? [], plan.proposal) : [],
    change: [
      ...(waits ? pressShowAll(notShown, "top") : []),
      ...(isOpen(plan) ? planTakesBack(plan) : []),
      ...drawn,
      ...planProfiles(plan),
      ...(waits ? [] : moreChanges(notShown - modelsCounted(plan.proposal, extent.models))),
      ...planWarnings(plan),
      ...planPosture(plan),
    ],
    foot: waits && rowsOf(drawn) > IN_ONE_VIEW ? pressShowAll(notShown, "buttons") : [],
    notShown,
  };
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
