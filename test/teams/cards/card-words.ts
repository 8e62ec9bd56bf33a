import type { AdaptiveCard } from "../../../src/teams/cards/parts/card.js";
import { elementsOf } from "./adaptive-card-schema.js";

/** Everything a person reads on a card, line by line. */
export const words = (card: AdaptiveCard): string =>
  [...elementsOf(card, "TextBlock"), ...elementsOf(card, "TextRun")]
    .map((element) => element.text)
    .join("\n");
/** The titles of its buttons. */
export const titles = (card: AdaptiveCard): readonly string[] =>
  (card.actions ?? []).map((action) => action.title);
export const pretty = (card: AdaptiveCard): string =>
  `${JSON.stringify(card, null, 2).replace(/"digest": "[0-9a-f]{24}"/g, '"digest": "of what is shown"')}\n`;
