import type { AdaptiveCard } from "../parts/card.js";
import { banner, card, smallLine, text, titleRow, titleText } from "../parts/card-parts.js";

/** The card of a scan of which nothing is known any more but that it is over. */
export function lostScanCard(): AdaptiveCard {
  return card({
    fallbackText: "Scan ended without a result",
    body: [
      titleRow(
        [titleText("Everyone's passkeys")],
        [text("✖ Ended", { weight: "bolder", color: "attention" })],
      ),
      banner("attention", [
        text(
          "**This scan ended without a result that is kept.** It was interrupted, or newer scans replaced it.",
        ),
      ]),
      smallLine(["Next: ", { command: "scan" }, " starts anew."], { separator: true, spacing: "medium" }),
    ],
    actions: [],
  });
}
