import type { PersonId } from "../../core/person.js";
import type { Plan } from "../../core/plan/plan.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Conversation } from "../../core/stores.js";
import type { MayApprove } from "./recent-approvers.js";
import type { Invitation } from "./subject.js";

/**
 * Where a waiting plan has to be seen: the conversation it was asked in, the approval rooms, and the personal chats of
 * people who may approve. @throws Fault
 */
export async function planAudience(
  ports: Pick<Ports, "conversations" | "directory" | "log">,
  rules: Rules,
  plan: Plan,
  mayApprove: MayApprove,
): Promise<readonly Invitation[]> {
  const [certain, chats] = await Promise.all([
    certainAudience(ports, plan),
    ports.conversations.personalChats(plan.tenantId),
  ]);
  if (certain.every(({ id }) => id !== plan.conversation))
    ports.log.warn("conversation-unknown", { plan: plan.number });
  return [
    ...certain.map((conversation) => ({ conversation })),
    ...chats.flatMap((conversation) => {
      const { person } = conversation;
      if (person === undefined) return [];
      return [{ conversation, still: () => mayCertainlyApprove(ports, rules, person.id, mayApprove) }];
    }),
  ];
}

/** Those of them in which it is shown without a look at who is there, first the one it was asked for in. @throws Fault */
export async function certainAudience(
  { conversations }: Pick<Ports, "conversations">,
  { tenantId, conversation }: Pick<Plan, "tenantId" | "conversation">,
): Promise<readonly Conversation[]> {
  const [origin, rooms] = await Promise.all([
    conversations.find(conversation),
    conversations.approvalRooms(tenantId),
  ]);
  return origin === undefined ? rooms : [origin, ...rooms];
}

/** One check that fails leaves out one chat, never the others. */
async function mayCertainlyApprove(
  ports: Pick<Ports, "directory" | "log">,
  rules: Rules,
  person: PersonId,
  mayApprove: MayApprove,
): Promise<boolean> {
  try {
    return await mayApprove(ports, rules, person);
  } catch (error) {
    ports.log.warn("approver-check-failed", { person, error });
    return false;
  }
}
