import { z } from "zod";
import { BoundedMap } from "../../async/bounded-map.js";
import type { Log } from "../../core/ports.js";
import type { AdaptiveCard } from "../cards/parts/card.js";
import type { Place } from "../incoming/place.js";
import { isRefusal } from "./arrival.js";
import { inCardOrWords } from "./card-or-words.js";
import type { Connector } from "./connector.js";
import { retrying } from "./retry.js";

/**
 * Writes into conversations outside of a turn. Tries again what Teams says can be tried again, and says in words what
 * it does not take as a card.
 */
export interface Messenger {
  /** Rather twice than not at all (docs/adr/0028). @returns the id of the new message */
  post(place: Pick<Place, "reference">, message: Message): Promise<string>;
  /** Rather not at all than twice. @returns the id of the new message @throws MayHaveArrived */
  postOnce(place: Pick<Place, "reference">, message: Message): Promise<string>;
  replace(place: Pick<Place, "reference">, activityId: string, message: Message): Promise<void>;
  /** Whether Teams said of the last post there that it cannot be: blocked, gone, or not ours. */
  isShut(place: Pick<Place, "reference">): boolean;
  /** Whether the bot is in that conversation, by Teams. What Teams does not say is taken for yes. */
  isIn(place: Pick<Place, "reference">): Promise<boolean>;
}

export type Message =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "card";
      readonly card: AdaptiveCard;
      /** What people are told to do when Teams does not take the card. */
      readonly next?: string;
    };

/** Conversations of which is remembered that nothing can be posted there. */
const SHUT_REMEMBERED = 10_000;

const Text = z.string().nullish();
const Account = z.object({ id: z.string(), name: Text, aadObjectId: Text, role: Text });
/** Where a message came from, as far as the channel wants it back. */
const Reference = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  bot: Account,
  user: Account.optional(),
  conversation: Account.extend({ isGroup: z.boolean().nullish(), conversationType: Text, tenantId: Text }),
});

export function messenger(
  connector: Connector,
  pause: (milliseconds: number) => Promise<void>,
  log: Pick<Log, "warn">,
): Messenger {
  const shut = new BoundedMap<string, true>(SHUT_REMEMBERED);
  const reach = (place: Pick<Place, "reference">) => {
    const reference = Reference.parse(place.reference);
    const { serviceUrl, conversation } = reference;
    return { reference, there: { serviceUrl, id: conversation.id } };
  };
  const send = async (place: Pick<Place, "reference">, message: Message, once: boolean) => {
    const { reference, there } = reach(place);
    const sendAs = (shape: Message) => {
      const activity = outgoing(shape, reference);
      const call = () => connector.post(there, activity);
      return retrying(call, pause, { once });
    };
    try {
      const sent = await inCardOrWords(message, sendAs, log);
      shut.delete(there.id);
      return sent;
    } catch (error) {
      if (isRefusal(error)) shut.set(there.id, true);
      throw error;
    }
  };
  return {
    post: (place, message) => send(place, message, false),
    postOnce: (place, message) => send(place, message, true),
    isShut({ reference }) {
      const id = Reference.safeParse(reference).data?.conversation.id;
      return id !== undefined && shut.get(id) === true;
    },
    async isIn(place) {
      try {
        const { there } = reach(place);
        await connector.lookInto(there);
        return true;
      } catch (error) {
        return !isRefusal(error);
      }
    },
    async replace(place, activityId, message) {
      const { reference, there } = reach(place);
      const replaceBy = (shape: Message) => {
        const activity = { ...outgoing(shape, reference), id: activityId };
        const call = () => connector.replace(there, activityId, activity);
        return retrying(call, pause, { once: false });
      };
      await inCardOrWords(message, replaceBy, log);
    },
  };
}

function outgoing(message: Message, reference: z.infer<typeof Reference>): object {
  const { bot, user, conversation, channelId, serviceUrl } = reference;
  const envelope = {
    type: "message",
    channelId,
    serviceUrl,
    from: { name: "Latchkey", ...bot },
    conversation: { isGroup: user === undefined, conversationType: "personal", name: "", ...conversation },
    ...(user === undefined ? {} : { recipient: { name: "", ...user } }),
  };
  if (message.kind === "text") return { ...envelope, text: message.text, textFormat: "markdown" };
  // The summary is what a notification shows.
  return {
    ...envelope,
    summary: message.card.fallbackText,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: message.card }],
  };
}
