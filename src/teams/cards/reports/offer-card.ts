import { withoutCode } from "../../words/card-text.js";
import { buttonRows } from "../parts/button-rows.js";
import type { AdaptiveCard, CardAction, RichTextBlock, TextRun } from "../parts/card.js";
import { card } from "../parts/card-parts.js";
import { askButton, sayButton } from "../parts/say-button.js";

/** What can be said next; with a title where the words are not for reading. */
export type Offer = string | { readonly say: string; readonly title: string };

/** Some sentences, and what can be said to them, each as a button. */
export function offerCard(words: string, offers: readonly Offer[]): AdaptiveCard {
  return card({
    fallbackText: withoutCode(words),
    body: [
      ...words.split("\n\n").map(paragraph),
      ...buttonRows(...offers.map((offer) => [offerButton(offer)])),
    ],
  });
}

function offerButton(offer: Offer): CardAction {
  return typeof offer === "string" ? sayButton(offer) : askButton(offer.say, offer.title);
}

/** Cards do not draw what stands in back quotes in another type; rich text does. */
export function paragraph(words: string): RichTextBlock {
  const inlines = words
    .split("`")
    .map(
      (part, at): TextRun => ({
        type: "TextRun",
        text: at % 2 === 0 ? withoutCode(part) : part,
        ...(at % 2 === 0 ? {} : { fontType: "monospace" }),
      }),
    )
    .filter(({ text }) => text !== "");
  return { type: "RichTextBlock", inlines };
}
