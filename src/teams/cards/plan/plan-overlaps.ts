import type { Plan } from "../../../core/plan/plan.js";
import { number } from "../../../core/words/amounts.js";
import { overlapWords } from "../../../core/words/overlap-words.js";
import { takenBackWords } from "../../../core/words/taken-back-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import type { CardElement } from "../parts/card.js";
import { subtle } from "../parts/card-parts.js";

/** Settings told one by one on the brief card; Show all tells every one. */
const MOST_TOLD = 4;

/** What a plan that takes something back is about, under its banner; nothing of any other plan. */
export function planTakesBack({ intent }: Pick<Plan, "intent">): readonly CardElement[] {
  if (intent.kind !== "revert") return [];
  const what = takenBackWords(intent.of);
  return [
    subtle(`Takes back what ${what} changed, and nothing else: what was changed elsewhere since stays.`, {
      spacing: "medium",
    }),
  ];
}

/** Warnings of what was changed again since, in one line each; those whose change is overwritten first. */
export function overlapWarnings(plan: Pick<Plan, "intent" | "proposal">): readonly string[] {
  const lines = overlapWords(plan, MARKDOWN);
  const { intent } = plan;
  if (intent.kind !== "revert") return [];
  const rest = lines.length - MOST_TOLD;
  return [
    ...lines.slice(0, MOST_TOLD).map((line) => `Changed again since ${takenBackWords(intent.of)}: ${line}`),
    ...(rest > 0
      ? [
          `${number(rest)} more ${rest === 1 ? "setting was" : "settings were"} changed again since. Show all lists them.`,
        ]
      : []),
  ];
}
