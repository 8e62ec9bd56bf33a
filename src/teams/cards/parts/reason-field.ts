import type { ExecuteAction, ShowCardAction, TextInput } from "./card.js";

/** The name of the reason's input, as it comes back with the click. */
export const REASON_INPUT = "reason";
export const REASON_LIMIT = 500;

/** A button that opens a field for the reason, with the button that decides. */
export function withReason(
  title: string,
  asked: Pick<TextInput, "label" | "placeholder" | "errorMessage">,
  decide: ExecuteAction,
): ShowCardAction {
  const reason: TextInput = {
    type: "Input.Text",
    id: REASON_INPUT,
    label: asked.label,
    placeholder: asked.placeholder,
    isMultiline: true,
    maxLength: REASON_LIMIT,
    isRequired: true,
    errorMessage: asked.errorMessage,
  };
  return {
    type: "Action.ShowCard",
    title,
    card: { type: "AdaptiveCard", body: [reason], actions: [decide] },
  };
}
