import type { Plan } from "../../core/plan/plan.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Conversation, Posting } from "../../core/stores.js";
import { channelOf } from "../incoming/place.js";
import { describeError } from "../sending/background.js";
import type { MayApprove } from "./recent-approvers.js";

/** A conversation a plan belongs in; `still` says whether it does after a closer look. */
export interface Invitation {
  readonly conversation: Conversation;
  readonly still: () => Promise<boolean>;
}

const certainly = async (): Promise<boolean> => true;

/**
 * Where a waiting plan has to be seen and is not yet: the conversation it was asked in, the approval rooms,
 * and the personal chats of people who may approve.
 */
export async function invitations(
  ports: Pick<Ports, "conversations" | "directory" | "log">,
  rules: Rules,
  plan: Plan,
  postings: readonly Posting[],
  mayApprove: MayApprove,
): Promise<readonly Invitation[]> {
  const { conversations } = ports;
  const [origin, rooms, chats] = await Promise.all([
    conversations.find(plan.conversation),
    conversations.approvalRooms(plan.tenantId),
    conversations.personalChats(plan.tenantId),
  ]);
  if (origin === undefined) ports.log.warn("conversation-unknown", { plan: plan.number });
  const all: readonly Invitation[] = [
    ...(origin === undefined ? [] : [{ conversation: origin, still: certainly }]),
    ...rooms.map((conversation) => ({ conversation, still: certainly })),
    ...chats.map((conversation) => ({
      conversation,
      still: () => isApproversChat(ports, rules, conversation, mayApprove),
    })),
  ];
  // A channel and its threads are one place: a plan asked in a thread is not posted to the channel again.
  const seen = new Set<string>(postings.map((posting) => channelOf(posting.conversation)));
  return all.filter(({ conversation }) => {
    const key = channelOf(conversation.id);
    return !seen.has(key) && seen.add(key);
  });
}

/** One check that fails leaves out one chat, never the others. */
async function isApproversChat(
  ports: Pick<Ports, "directory" | "log">,
  rules: Rules,
  chat: Conversation,
  mayApprove: MayApprove,
): Promise<boolean> {
  if (chat.person === undefined) return false;
  try {
    return await mayApprove(ports, rules, chat.person.id);
  } catch (error) {
    ports.log.warn("approver-check-failed", { person: chat.person.id, error: describeError(error) });
    return false;
  }
}
