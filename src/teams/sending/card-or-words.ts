import type { Log } from "../../core/ports.js";
import { plainSentences } from "../words/card-text.js";
import { contentRefusal } from "./arrival.js";
import type { Message } from "./messenger.js";

/** What helps where no other next step is known. */
const SAY_IT_AGAIN =
  "Say it again in your own chat with Latchkey; if no card comes there either, tell the people who run Latchkey.";

/**
 * Sends a message; of a card that Teams will not have, its summary and what to do in words. They stand where the card
 * would, so what is known of such a message is known of them, and they become the card with the next one Teams takes.
 */
export async function inCardOrWords<Sent>(
  message: Message,
  send: (message: Message) => Promise<Sent>,
  log: Pick<Log, "warn">,
): Promise<Sent> {
  try {
    return await send(message);
  } catch (error) {
    const status = contentRefusal(error);
    if (status === undefined || message.kind !== "card") throw error;
    log.warn("card-refused", { status, characters: JSON.stringify(message.card).length });
    const { card, next = SAY_IT_AGAIN } = message;
    const text = `${plainSentences(card.fallbackText)}. Teams did not take the card that says more. ${next}`;
    return send({ kind: "text", text });
  }
}
