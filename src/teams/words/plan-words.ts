import { unreachable } from "../../core/errors.js";
import type { Plan, PlanState, PlanSummary } from "../../core/plan/plan.js";
import { BARE } from "../../core/words/medium.js";
import { clip, oneLine, sentence } from "../../core/words/one-line.js";
import { takesMore } from "../../core/words/outcome/beside-words.js";
import { outcomeWords } from "../../core/words/outcome/outcome-words.js";
import { planTitleIn } from "../../core/words/title/plan-title.js";
import { MARKDOWN, moment, plain, plainSentences } from "./card-text.js";

/** What the plan does to people: "Add Helpdesk (9 people, 1a2b3c4d)". Markdown. */
export const { planTitle } = planTitleIn(MARKDOWN);
const bare = planTitleIn(BARE);

/** So much of what was typed stands beside a title. */
const ASKED_SHOWN = 120;
/** So much of a title is in a notification, and as much of who loses by it. */
const SUMMARY_SHOWN = 100;
const NAME_SHOWN = 60;

/** Who asked, when, and what they typed: it stands beside the title, never in its place. Markdown. */
export function askedWords({ requester, createdAt, command }: PlanSummary): string {
  const typed = plainSentences(clip(sentence(command), ASKED_SHOWN));
  return `asked by ${plain(requester.name)}, ${moment(createdAt)}: “${typed}”`;
}

/** Whether more was typed than stands beside a title. */
export function isAskedAtLength({ command }: Pick<PlanSummary, "command">): boolean {
  return [...sentence(command)].length > ASKED_SHOWN;
}

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
      return takesMore(state.beside) ? { symbol: "⚠", color: "warning" } : { symbol: "✔", color: "good" };
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

/**
 * One line for notifications and for clients that cannot draw the card: who asks for what, and who loses by it. Not
 * Markdown.
 */
export function planSummary(plan: Plan): string {
  const { does, loss } = bare.titleParts(plan);
  const what = [does, capitalized(loss)].map((part) => clip(sentence(part), SUMMARY_SHOWN));
  const title = what.filter((part) => part !== "").join(". ");
  const state = stateWords(plan).words.toLowerCase();
  return plan.state.kind === "waiting"
    ? `${clip(oneLine(plan.requester.name), NAME_SHOWN)} asks: ${title} (plan #${plan.number}, ${state})`
    : `Plan #${plan.number}, ${state}: ${title}`;
}

function capitalized(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
