import { counted } from "../../../core/words/amounts.js";
import type { CardElement } from "../parts/card.js";
import { banner, text } from "../parts/card-parts.js";

/** On a card that cannot hold all its changes: how many it lacks. Once near its top, once beside its buttons. */
export function pressShowAll(notShown: number, place: "top" | "buttons"): readonly CardElement[] {
  if (notShown === 0) return [];
  const are = notShown === 1 ? "is" : "are";
  const words = `**Press Show all before you approve:** ${counted(notShown, "change")} ${are} not shown here.`;
  return place === "top" ? [banner("warning", [text(words)])] : [text(words, { spacing: "small" })];
}
