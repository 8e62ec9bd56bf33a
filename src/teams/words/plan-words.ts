import { unreachable } from "../../core/errors.js";
import type { Plan, PlanState, PlanSummary } from "../../core/plan/plan.js";
import { clip, sentence } from "../../core/words/one-line.js";
import { outcomeWords } from "../../core/words/outcome-words.js";
import { planTitleIn } from "../../core/words/title/plan-title.js";
import { MARKDOWN } from "./card-text.js";

/** What the plan does to people: "Add Helpdesk (9 people, 1a2b3c4d)". Markdown. */
export const { planTitle } = planTitleIn(MARKDOWN);

/** How a state looks at the right of the title. */
export interface StateWords {
  readonly symbol: string;
  readonly words: string;
  readonly color: "default" | "accent" | "good" | "warning" | "attention";
}

/** The state as it stands at the right of the title. */
export function stateWords(plan: PlanSummary): StateWords {
  return { words: outcomeWords(plan), ...lookOf(plan.state) };
}

function lookOf(state: PlanState): Omit<StateWords, "words"> {
  switch (state.kind) {
    case "waiting":
      return { symbol: "●", color: "accent" };
    case "applying":
      return { symbol: "◐", color: "accent" };
    case "applied":
      return { symbol: "✔", color: "good" };
    case "refused":
    case "rejected":
      return { symbol: "✖", color: "attention" };
    case "unknown":
      return { symbol: "?", color: "warning" };
    case "cancelled":
    case "expired":
      return { symbol: "○", color: "default" };
    case "superseded":
      return state.why === "outcome-never-known" || state.why === "store-restored"
        ? { symbol: "?", color: "warning" }
        : { symbol: "○", color: "default" };
    default:
      return unreachable(state);
  }
}

/** One line for notifications and for clients that cannot draw the card. Not Markdown. */
export function planSummary(plan: Plan): string {
  return `Plan #${plan.number}: ${clip(sentence(plan.command), 80)} (${stateWords(plan).words.toLowerCase()})`;
}
