import { offerCard } from "../../../cards/reports/offer-card.js";
import type { Message } from "../../../sending/messenger.js";

/** Some sentences, and what can be said next as buttons. */
export function offer(words: string, ...offers: readonly string[]): Message {
  return { kind: "card", card: offerCard(words, offers) };
}
