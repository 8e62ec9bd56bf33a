import type { Drift } from "../../core/drift/drift.js";
import type { ConversationId } from "../../core/person.js";
import type { Ports } from "../../core/ports.js";
import type { Conversation, DriftPosting } from "../../core/stores.js";
import { channelOf } from "../incoming/place.js";

/** Every conversation a drift's card belongs in, by the place it is: a channel and its threads are one. */
export type DriftPlaces = ReadonlyMap<ConversationId, Conversation | undefined>;

/**
 * Where the card stands already, and, while it is open, where it is to be seen and is not yet: the approval rooms;
 * where there are none, the conversation of the last plan. @throws Fault
 */
export async function driftPlaces(
  ports: Pick<Ports, "conversations" | "plans" | "log">,
  drift: Pick<Drift, "tenantId" | "number" | "state">,
  postings: readonly DriftPosting[],
): Promise<DriftPlaces> {
  const posted = postings.map(({ conversation }) => [channelOf(conversation), undefined] as const);
  const invited = drift.state.kind === "open" ? await driftRooms(ports, drift, posted.length > 0) : [];
  return new Map<ConversationId, Conversation | undefined>([
    ...invited.map((conversation) => [channelOf(conversation.id), conversation] as const),
    ...posted,
  ]);
}

async function driftRooms(
  { conversations, plans, log }: Pick<Ports, "conversations" | "plans" | "log">,
  { tenantId, number }: Pick<Drift, "tenantId" | "number">,
  isPosted: boolean,
): Promise<readonly Conversation[]> {
  const rooms = await conversations.approvalRooms(tenantId);
  // It does not follow the plans from one conversation to the next.
  if (rooms.length > 0 || isPosted) return rooms;
  const [last] = await plans.latest(tenantId, 1);
  const origin = last && (await conversations.find(last.conversation));
  if (origin !== undefined) return [origin];
  log.warn("drift-posted-nowhere", { drift: number, why: "no approval room, and no plan yet" });
  return [];
}
