import { isPutOff, type Plan } from "../../../core/plan/plan.js";
import { planDigest } from "../../../core/plan/plan-digest.js";
import type { CardAction, ExecuteAction, ShowCardAction, Verb } from "../parts/card.js";
import { executeButton } from "../parts/execute-button.js";
import { type Leaf, leafButtons } from "../parts/pager.js";
import { withReason } from "../parts/reason-field.js";
import type { PlanView } from "./plan-view.js";

/**
 * Of the brief card: Approve, Reject, Show all; while its write waits for Graph what ends it; once it is decided, what shows the rest of it where there is any.
 * @param notShown how many changes the card does not show
 */
export function planButtons(plan: Plan, view: PlanView, notShown: number): readonly CardAction[] {
  if (plan.state.kind === "waiting")
    return [...decideButtons(plan, view), button(plan, "Show all", "showAll")];
  const title = plan.state.kind === "applied" ? "Show what was changed" : "Show all";
  return [
    ...(isPutOff(plan) ? endButtons(plan, view) : []),
    ...(notShown > 0 ? [button(plan, title, "showAll")] : []),
  ];
}

/** Of a page of Show all: the same decision, the pages beside it, and the way back. */
export function planLeafButtons(plan: Plan, view: PlanView, leaf: Leaf): readonly CardAction[] {
  return [
    ...(plan.state.kind === "waiting" ? decideButtons(plan, view) : []),
    ...(isPutOff(plan) ? endButtons(plan, view) : []),
    ...leafButtons(leaf, (title, page) => button(plan, title, "showAll", { page })),
    button(plan, "Show less", "showLess"),
  ];
}

/**
 * Approve and Reject; in the requester's own chat Cancel; where the scan bears no approval, Scan now in the place of
 * Approve. A person who may only look is offered neither.
 */
function decideButtons(plan: Plan, view: PlanView): readonly CardAction[] {
  return [...goOnButtons(plan, view), ...endButtons(plan, view)];
}

/** What ends the plan; also while its write waits for Graph. */
function endButtons(plan: Plan, { viewer }: PlanView): readonly CardAction[] {
  return [
    ...(viewer === "others" ? [rejectButton(plan)] : []),
    ...(viewer === "requester" ? [button(plan, "Cancel", "cancel")] : []),
  ];
}

/** What brings the plan further: a scan that every reader may ask for, or an approval. */
function goOnButtons(plan: Plan, view: PlanView): readonly ExecuteAction[] {
  if (view.scan !== "fine") return [button(plan, "Scan now", "scan")];
  const mayApproveHere =
    view.viewer === "others" || (view.viewer === "requester" && view.selfApproval === "allowed");
  return mayApproveHere ? [button(plan, "Approve", "approve", { style: "positive" })] : [];
}

function rejectButton(plan: Plan): ShowCardAction {
  return withReason(
    "Reject",
    {
      label: "Why? Everyone who sees this card will read it.",
      placeholder: "What should be different?",
      errorMessage: "Write a reason, so that the person who asked knows what to change.",
    },
    button(plan, "Reject", "reject", { style: "destructive" }),
  );
}

interface More {
  readonly page?: number;
  readonly style?: "positive" | "destructive";
}

function button(plan: Plan, title: string, verb: Verb, { page, style }: More = {}): ExecuteAction {
  const shown = { revision: plan.revision, digest: planDigest(plan) };
  const data = { planId: plan.number, ...shown, ...(page === undefined ? {} : { page }) };
  return executeButton(title, verb, data, style);
}
