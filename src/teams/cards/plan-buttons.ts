import type { Plan } from "../../core/plan/plan.js";
import type { CardAction, ExecuteAction, ShowCardAction, TextInput, Verb } from "./card.js";
import type { PlanView } from "./plan-view.js";

/** The name of the reason's input, as it comes back with the click. */
export const REASON_INPUT = "reason";
export const REASON_LIMIT = 500;

/** Approve, Reject, Show all; in the requester's own chat Cancel. Once it is decided, nothing is left to press. */
export function planButtons(
  plan: Plan,
  view: PlanView,
  more: "showAll" | "showLess" = "showAll",
): readonly CardAction[] {
  if (plan.state.kind !== "waiting") return [];
  const showButton =
    more === "showAll" ? execute(plan, "Show all", "showAll") : execute(plan, "Show less", "showLess");
  const mayApproveHere = view.viewer === "others" || view.selfApproval === "allowed";
  return [
    ...(mayApproveHere && view.scan === "fine" ? [execute(plan, "Approve", "approve", "positive")] : []),
    view.viewer === "others" ? rejectButton(plan) : execute(plan, "Cancel", "cancel"),
    showButton,
  ];
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
