import type { Plan } from "../../../core/plan/plan.js";
import type { CardAction, ExecuteAction, ShowCardAction, Verb } from "../parts/card.js";
import { executeButton } from "../parts/execute-button.js";
import { type Leaf, leafButtons } from "../parts/pager.js";
import { withReason } from "../parts/reason-field.js";
import type { PlanView } from "./plan-view.js";

/**
 * Approve, Reject, Show all; in the requester's own chat Cancel; where the scan bears no approval, Scan now in the
 * place of Approve. Once it is decided, nothing is left to press but what leaves a page of Show all.
 * @param leaf the page of Show all this card is; the brief card when left out
 */
export function planButtons(plan: Plan, view: PlanView, leaf?: Leaf): readonly CardAction[] {
  const waits = plan.state.kind === "waiting";
  if (leaf === undefined)
    return waits ? [...decideButtons(plan, view), button(plan, "Show all", "showAll")] : [];
  return [
    ...(waits ? decideButtons(plan, view) : []),
    ...leafButtons(leaf, (title, page) => button(plan, title, "showAll", { page })),
    button(plan, "Show less", "showLess"),
  ];
}

function decideButtons(plan: Plan, view: PlanView): readonly CardAction[] {
  return [
    ...goOnButtons(plan, view),
    view.viewer === "others" ? rejectButton(plan) : button(plan, "Cancel", "cancel"),
  ];
}

/** What brings the plan further: a scan that every reader may ask for, or an approval. */
function goOnButtons(plan: Plan, view: PlanView): readonly ExecuteAction[] {
  if (view.scan !== "fine") return [button(plan, "Scan now", "scan")];
  const mayApproveHere = view.viewer === "others" || view.selfApproval === "allowed";
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
  const data = { planId: plan.number, revision: plan.revision, ...(page === undefined ? {} : { page }) };
  return executeButton(title, verb, data, style);
}
