import type { Plan } from "../../core/plan/plan.js";
import type { CardAction, ExecuteAction, ShowCardAction, TextInput, Verb } from "./card.js";
import { countsModels } from "./plan-authenticators.js";
import type { PlanView } from "./plan-view.js";

/** The name of the reason's input, as it comes back with the click. */
export const REASON_INPUT = "reason";
export const REASON_LIMIT = 500;

/**
 * Approve, Reject, Show all; in the requester's own chat Cancel. Once it is decided, only Show all, which decides
 * nothing, and only if there is more to show.
 */
export function planButtons(
  plan: Plan,
  view: PlanView,
  more: "showAll" | "showLess" = "showAll",
): readonly CardAction[] {
  const showButton =
    more === "showAll" ? execute(plan, "Show all", "showAll") : execute(plan, "Show less", "showLess");
  if (plan.state.kind !== "waiting") return hasMore(plan) ? [showButton] : [];
  const mayApproveHere = view.viewer === "others" || view.selfApproval === "allowed";
  return [
    ...(mayApproveHere && view.scan === "fine" ? [execute(plan, "Approve", "approve", "positive")] : []),
    view.viewer === "others" ? rejectButton(plan) : execute(plan, "Cancel", "cancel"),
    showButton,
  ];
}

/** People who are counted where they may not be named, or models cut from a list. */
function hasMore(plan: Plan): boolean {
  const { losing, keepingAnother, coverage } = plan.proposal.impact;
  return losing.length + keepingAnother.length + coverage.unread.length > 0 || countsModels(plan);
}

/** Opens a field for the reason, with the button that rejects. */
function rejectButton(plan: Plan): ShowCardAction {
  const reason: TextInput = {
    type: "Input.Text",
    id: REASON_INPUT,
    label: "Why? Everyone who sees this card will read it.",
    placeholder: "What should be different?",
    isMultiline: true,
    maxLength: REASON_LIMIT,
    isRequired: true,
    errorMessage: "Write a reason, so that the person who asked knows what to change.",
  };
  return {
    type: "Action.ShowCard",
    title: "Reject",
    card: {
      type: "AdaptiveCard",
      body: [reason],
      actions: [execute(plan, "Reject", "reject", "destructive")],
    },
  };
}

function execute(plan: Plan, title: string, verb: Verb, style?: "positive" | "destructive"): ExecuteAction {
  const data = { planId: plan.number, revision: plan.revision };
  return {
    type: "Action.Execute",
    title,
    verb,
    data,
    ...(style === undefined ? {} : { style }),
    fallback: { type: "Action.Submit", title, data: { ...data, verb } },
  };
}
