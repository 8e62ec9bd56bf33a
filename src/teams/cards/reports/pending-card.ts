import type { Drift } from "../../../core/drift/drift.js";
import type { Plan } from "../../../core/plan/plan.js";
import { counted, number } from "../../../core/words/amounts.js";
import { moment } from "../../words/card-text.js";
import { askedWords, planTitle, stateWords } from "../../words/plan-words.js";
import { openDrift } from "../drift/open-drift.js";
import type { AdaptiveCard, CardElement } from "../parts/card.js";
import { card, row, smallLine, subtle, text, titleText } from "../parts/card-parts.js";

const MOST_PLANS = 15;
const WIDTHS = [15, 9];

/** The plans that wait, oldest first: title, who asked, until when. @param drift the one that is open */
export function pendingCard(plans: readonly Plan[], drift?: Pick<Drift, "number">): AdaptiveCard {
  const none = drift === undefined ? "Nothing waits for a decision" : "No plan waits for a decision";
  const title = plans.length === 0 ? none : `${counted(plans.length, "plan")} pending`;
  const shown = plans.slice(0, MOST_PLANS);
  const rest = plans.length - shown.length;
  const first = shown[0];
  return card({
    fallbackText: title,
    body: [
      titleText(title),
      ...openDrift(drift),
      ...shown.flatMap(planLines),
      ...(rest > 0 ? [subtle(`${number(rest)} more, not listed here`)] : []),
      smallLine(
        first === undefined
          ? ["Next: ", { command: "show policy" }, " or ", { command: "enable passkeys" }, "."]
          : ["Next: ", { command: `show ${first.number}` }, " for the card with its buttons."],
        { separator: true, spacing: "medium" },
      ),
    ],
  });
}

function planLines(plan: Plan): readonly CardElement[] {
  const { symbol, words, color } = stateWords(plan);
  const until = plan.state.kind === "waiting" ? ` · expires ${moment(plan.expiresAt, plan.createdAt)}` : "";
  return [
    row(
      [
        text(`**#${plan.number}** ${planTitle(plan)}`),
        text(`${symbol} ${words}`, { color, horizontalAlignment: "right", size: "small" }),
      ],
      WIDTHS,
      { separator: true, spacing: "default" },
    ),
    subtle(`${askedWords(plan)}${until}`, { spacing: "none" }),
  ];
}
