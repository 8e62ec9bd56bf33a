import type { HelpLine } from "../../../core/command/help.js";
import type { AdaptiveCard } from "../parts/card.js";
import { card, row, subtle, text, typed } from "../parts/card-parts.js";

/** Every command, as a person would type it. */
export function helpCard(lines: readonly HelpLine[]): AdaptiveCard {
  return card({
    fallbackText: lines.map((line) => `${line.usage}: ${line.what}`).join("\n"),
    body: [
      text("What you can say", { size: "large", weight: "bolder", style: "heading" }),
      subtle(
        "Nothing changes until another admin approves a plan; then it is written with that admin's own rights.",
        {
          spacing: "none",
        },
      ),
      ...lines.map((line, at) =>
        row([typed(line.usage), subtle(line.what)], [10, 14], {
          spacing: at === 0 ? "medium" : "small",
        }),
      ),
    ],
  });
}
