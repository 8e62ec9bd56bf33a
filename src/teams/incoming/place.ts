import { type ConversationId, conversationId } from "../../core/person.js";
import type { Conversation } from "../../core/stores.js";

/** A conversation as an activity shows it. */
export type Place = Omit<Conversation, "approvalRoom">;

/** Teams gives every thread of a channel an id of its own: the channel's, then this and the first message's id. */
const THREAD = ";messageid=";

/** The channel a thread belongs to; any other conversation is its own. */
export function channelOf(id: ConversationId): ConversationId {
  return conversationId(id.split(THREAD)[0] ?? id);
}

export function isThread(id: ConversationId): boolean {
  return id.includes(THREAD);
}

/** The whole channel of a thread: what is posted there starts a thread of its own. */
export function channelPlace(place: Place): Place {
  const id = channelOf(place.id);
  return {
    ...place,
    id,
    reference: { ...place.reference, conversation: { id, conversationType: "channel" } },
  };
}
