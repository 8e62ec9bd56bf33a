import type { HelpLine } from "../../../core/command/help.js";
import type { AdaptiveCard } from "../parts/card.js";
import { card, row, subtle, titleText, typed } from "../parts/card-parts.js";

/** Every command, as a person would type it, with a gap where the topic changes. */
export function helpCard(lines: readonly HelpLine[]): AdaptiveCard {
  return card({
    // All of it twice would be more than a card holds: a client that draws none is told what to say.
    fallbackText: lines.map(({ usage }) => usage).join("\n"),
    body: [
      titleText("What you can say"),
      subtle(
        "Nothing changes until another admin approves a plan; then it is written with that admin's own rights.",
        {
          spacing: "none",
        },
      ),
      ...lines.map((line, at) =>
        row([typed(line.usage), subtle(unmarked(line.what))], [10, 14], {
          spacing: line.topic === lines[at - 1]?.topic ? "small" : "medium",
        }),
      ),
    ],
  });
}

/** Teams shows back quotes as they are. */
function unmarked(words: string): string {
  return words.replaceAll("`", "");
}
