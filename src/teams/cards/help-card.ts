import type { HelpLine } from "../../core/command/help.js";
import type { AdaptiveCard } from "./card.js";
import { card, smallLine, subtle, text } from "./card-parts.js";

/** Every command, as a person would type it. */
export function helpCard(lines: readonly HelpLine[]): AdaptiveCard {
  return card({
    fallbackText: lines.map((line) => `${line.usage}: ${line.what}`).join("\n"),
    body: [
      text("What you can say", { size: "large", weight: "bolder", style: "heading" }),
      subtle(
        "Nothing changes until a second admin approves a plan. Then it is written with that admin's own rights.",
        {
          spacing: "none",
        },
      ),
      ...lines.map((line, at) =>
        smallLine([{ command: line.usage }, `  ${line.what}`], { spacing: at === 0 ? "medium" : "small" }),
      ),
    ],
  });
}
