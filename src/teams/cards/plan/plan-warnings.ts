import type { PlanDraft } from "../../../core/plan/plan.js";
import { warningWords } from "../../../core/words/warning-words.js";
import { MARKDOWN } from "../../words/card-text.js";
import type { CardElement } from "../parts/card.js";
import { text } from "../parts/card-parts.js";
import { overlapWarnings } from "./plan-overlaps.js";

/** What this plan costs or leaves open, one line each, only while it can be decided. */
export function planWarnings(plan: PlanDraft): readonly CardElement[] {
  if (plan.state.kind !== "waiting") return [];
  const { proposal } = plan;
  const words = proposal.warnings.map((warning) => warningWords(warning, proposal, MARKDOWN));
  // In the colour of text: what a client makes of "warning" is not readable on white everywhere.
  return [...overlapWarnings(plan), ...words].map((line) =>
    text(`⚠ ${line}`, { size: "small", spacing: "small" }),
  );
}
