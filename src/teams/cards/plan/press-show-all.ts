import { counted } from "../../../core/words/amounts.js";
import type { CardElement } from "../parts/card.js";
import { banner, text } from "../parts/card-parts.js";

/**
 * On a plan's card that cannot hold all its changes: how many it lacks. Near its top, and beside its buttons where those
 * are far below.
 */
export function pressShowAll(notShown: number, place: "top" | "buttons"): readonly CardElement[] {
  if (notShown === 0) return [];
  const words = notShownWords(notShown, "approve");
  return place === "top" ? [banner("warning", [text(words)])] : [text(words, { spacing: "small" })];
}

/** How many changes a card does not show. @param decide what its reader may press here, if anything */
export function notShownWords(count: number, decide?: "approve" | "accept it"): string {
  const press = decide === undefined ? "" : `**Press Show all before you ${decide}:** `;
  return `${press}${counted(count, "change")} ${count === 1 ? "is" : "are"} not shown here.`;
}
