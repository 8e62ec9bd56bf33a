import type { RolloutEvidenceGiven } from "../../../core/evidence/rollout-evidence.js";
import { counted } from "../../../core/words/amounts.js";
import { moment } from "../../words/card-text.js";
import { planTitle, stateWords } from "../../words/plan-words.js";
import type { AdaptiveCard } from "../parts/card.js";
import { card, smallLine, text, titleText } from "../parts/card-parts.js";

const PLANS_NAMED = 6;

/** What the file over all plans holds, and the button that downloads it. For the chat of one person only: it names people. */
export function rolloutEvidenceCard(
  { plans, isWhole, validUntil }: Omit<RolloutEvidenceGiven, "kind" | "secret">,
  url: string,
): AdaptiveCard {
  const rest = plans.length - PLANS_NAMED;
  return card({
    fallbackText: `Evidence of the rollout: ${counted(plans.length, "plan")}`,
    body: [
      titleText("Evidence of the rollout"),
      text(`${counted(plans.length, "plan")} in one file${isWhole ? "" : ", the newest of them"}`, {
        weight: "bolder",
      }),
      ...plans.slice(0, PLANS_NAMED).map((plan) =>
        text(`#${plan.number} ${planTitle(plan)}: ${stateWords(plan).words.toLowerCase()}`, {
          size: "small",
          spacing: "small",
        }),
      ),
      ...(rest > 0 ? [text(`and ${rest} more`, { size: "small", spacing: "small" })] : []),
      text(
        `Of each plan what was asked, what changed, whom it concerned by name, who decided, and every record as it is sealed. The button works until ${moment(validUntil, validUntil)}, for whoever has it: it opens people's names.`,
        { size: "small", spacing: "medium" },
      ),
      smallLine(["Next: Download, or ", { command: "evidence of the rollout" }, " again for a new button."], {
        separator: true,
        spacing: "medium",
      }),
    ],
    actions: [{ type: "Action.OpenUrl", title: "Download", url }],
  });
}
