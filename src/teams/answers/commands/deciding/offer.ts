import { type Offer, offerCard } from "../../../cards/reports/offer-card.js";
import type { Message } from "../../../sending/messenger.js";

/** Some sentences, and what can be said next as buttons. */
export function offer(words: string, ...offers: readonly Offer[]): Message {
  return { kind: "card", card: offerCard(words, offers) };
}
