import type { Refusal } from "../../../core/errors.js";
import { withoutCode } from "../../words/card-text.js";
import { entriesText } from "../../words/choices/entries-text.js";
import { canBeSaidAgain, sayAgain } from "../../words/choices/say-again.js";
import type { AdaptiveCard, CardAction } from "../parts/card.js";
import { card } from "../parts/card-parts.js";
import { askButton } from "../parts/say-button.js";
import { paragraph } from "../reports/offer-card.js";

type NotUnderstood = Extract<Refusal, { code: "entries-not-understood" }>;

/** What is wrong with which entries, and a button that asks for the others. */
export function entriesCard(refusal: NotUnderstood): AdaptiveCard {
  const words = entriesText(refusal);
  return card({
    fallbackText: withoutCode(words),
    body: words.split(/\n+/).map(paragraph),
    actions: withoutThose(refusal),
  });
}

function withoutThose(refusal: NotUnderstood): readonly CardAction[] {
  const { understood, wrong, verb } = refusal;
  if (understood.length === 0 || !canBeSaidAgain(refusal)) return [];
  const title = `Without ${wrong.length === 1 ? "that" : "those"}: ${verb} the other ${understood.length === 1 ? "one" : understood.length}`;
  const words = sayAgain(refusal, understood.join(", "));
  return [askButton(words, title)];
}
