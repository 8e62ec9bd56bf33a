import type { AdaptiveCard } from "./card.js";
import { banner, card, smallLine, text } from "./card-parts.js";

/** What takes the place of a card that is not of this installation: nothing of what it showed, and nothing to press. */
export function foreignCard(): AdaptiveCard {
  return card({
    fallbackText: "This card is not of this installation",
    body: [
      banner("warning", [
        text(
          "**This card is not of this installation of Latchkey.** It was posted before a restore, or by another installation. Nothing on it can be decided any more.",
        ),
      ]),
      smallLine(["Next: ", { command: "pending" }, " for the plans that wait here."], {
        separator: true,
        spacing: "medium",
      }),
    ],
  });
}
