import { z } from "zod";
import { BoundedMap } from "../../async/bounded-map.js";
import { within } from "../../async/within.js";
import type { Log } from "../../core/ports.js";
import type { AdaptiveCard } from "../cards/parts/card.js";
import type { Place } from "../incoming/place.js";
import { isRefusal, Unanswered } from "./arrival.js";
import { inCardOrWords } from "./card-or-words.js";
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

/** The channel's service, as its client shows it (`botframework-connector`). */
export interface Connector {
  readonly conversations: {
    sendToConversation(id: string, activity: object, options: CallOptions): Promise<{ readonly id: string }>;
    getConversationPagedMembers(id: string, options: CallOptions & Page): Promise<unknown>;
    updateActivity(id: string, activityId: string, activity: object, options: CallOptions): Promise<unknown>;
  };
}
interface CallOptions {
  readonly abortSignal: AbortSignal;
}
interface Page {
  readonly pageSize: number;
  readonly continuationToken: string;
}

/** No page comes before the first; the client's types want the token of one all the same. */
const ONE_MEMBER = { pageSize: 1 } as Page;

/** How long one call may take. */
const CALL_LIMIT_MS = 15_000;

/** Conversations of which is remembered that nothing can be posted there. */
const SHUT_REMEMBERED = 10_000;

const Account = z.looseObject({ id: z.string() });
const Reference = z.object({
  channelId: z.string(),
  serviceUrl: z.string(),
  bot: Account,
  user: Account.optional(),
  conversation: z.looseObject({ id: z.string() }),
});

export function messenger(
  channel: { connectorTo(serviceUrl: string): Promise<Connector> },
  pause: (milliseconds: number) => Promise<void>,
  log: Pick<Log, "warn">,
): Messenger {
  const shut = new BoundedMap<string, true>(SHUT_REMEMBERED);
  const reach = async (place: Pick<Place, "reference">) => {
    const reference = Reference.parse(place.reference);
    const { conversations } = await channel.connectorTo(reference.serviceUrl);
    return { conversations, reference, id: reference.conversation.id };
  };
  const send = async (place: Pick<Place, "reference">, message: Message, once: boolean) => {
    const { conversations, reference, id } = await reach(place);
    const sendAs = (shape: Message) => {
      const activity = outgoing(shape, reference);
      const call = () => limited((options) => conversations.sendToConversation(id, activity, options));
      return retrying(call, pause, { once });
    };
    try {
      const sent = await inCardOrWords(message, sendAs, log);
      shut.delete(id);
      return sent.id;
    } catch (error) {
      if (isRefusal(error)) shut.set(id, true);
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
        const { conversations, id } = await reach(place);
        await limited((options) =>
          conversations.getConversationPagedMembers(id, { ...options, ...ONE_MEMBER }),
        );
        return true;
      } catch (error) {
        return !isRefusal(error);
      }
    },
    async replace(place, activityId, message) {
      const { conversations, reference, id } = await reach(place);
      const replaceBy = (shape: Message) => {
        const activity = { ...outgoing(shape, reference), id: activityId };
        const call = () =>
          limited((options) => conversations.updateActivity(id, activityId, activity, options));
        return retrying(call, pause, { once: false });
      };
      await inCardOrWords(message, replaceBy, log);
    },
  };
}

/** Ends a call that takes too long; and waits no longer where it cannot be ended, as while the bot's token is fetched. */
async function limited<Result>(call: (options: CallOptions) => Promise<Result>): Promise<Result> {
  const abortSignal = AbortSignal.timeout(CALL_LIMIT_MS);
  const calling = call({ abortSignal }).catch((error: unknown) => {
    throw abortSignal.aborted ? unanswered() : error;
  });
  const answer = await within(
    calling.then((result) => ({ result })),
    CALL_LIMIT_MS,
  );
  if (answer === undefined) throw unanswered();
  return answer.result;
}

function unanswered(): Unanswered {
  return new Unanswered(`Teams did not answer within ${CALL_LIMIT_MS / 1000} seconds`);
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
