import type { Plan } from "../../core/plan/plan.js";
import type { CardAction, ExecuteAction, ShowCardAction, TextInput, Verb } from "./card.js";
import type { PlanView } from "./plan-view.js";

/** The name of the reason's input, as it comes back with the click. */
export const REASON_INPUT = "reason";
export const REASON_LIMIT = 500;

/** Where in Show all a card is; pages count from 1. */
interface Leaf {
  readonly page: number;
  readonly pages: number;
}

/**
 * Approve, Reject, Show all; in the requester's own chat Cancel; where the scan bears no approval, Scan now in the
 * place of Approve. Once it is decided, nothing is left to press.
 * @param leaf the page of Show all this card is; the brief card when left out
 */
export function planButtons(plan: Plan, view: PlanView, leaf?: Leaf): readonly CardAction[] {
  if (plan.state.kind !== "waiting") return [];
  return [
    ...goOnButtons(plan, view),
    view.viewer === "others" ? rejectButton(plan) : execute(plan, "Cancel", { verb: "cancel" }),
    ...(leaf === undefined ? [execute(plan, "Show all", { verb: "showAll" })] : leafButtons(plan, leaf)),
  ];
}

/** What brings the plan further: a scan anybody may ask for, or an approval. */
function goOnButtons(plan: Plan, view: PlanView): readonly ExecuteAction[] {
  if (view.scan !== "fine") return [execute(plan, "Scan now", { verb: "scan" })];
  const mayApproveHere = view.viewer === "others" || view.selfApproval === "allowed";
  return mayApproveHere ? [execute(plan, "Approve", { verb: "approve", style: "positive" })] : [];
}

function leafButtons(plan: Plan, { page, pages }: Leaf): readonly ExecuteAction[] {
  return [
    ...(page > 1 ? [execute(plan, "Previous page", { verb: "showAll", page: page - 1 })] : []),
    ...(page < pages ? [execute(plan, "Next page", { verb: "showAll", page: page + 1 })] : []),
    execute(plan, "Show less", { verb: "showLess" }),
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
      actions: [execute(plan, "Reject", { verb: "reject", style: "destructive" })],
    },
  };
}

interface Pressed {
  readonly verb: Verb;
  readonly page?: number;
  readonly style?: "positive" | "destructive";
}

function execute(plan: Plan, title: string, { verb, page, style }: Pressed): ExecuteAction {
  const data = { planId: plan.number, revision: plan.revision, ...(page === undefined ? {} : { page }) };
  return {
    type: "Action.Execute",
    title,
    verb,
    data,
    ...(style === undefined ? {} : { style }),
    fallback: { type: "Action.Submit", title, data: { ...data, verb } },
  };
}
