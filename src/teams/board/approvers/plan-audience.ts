import type { PersonId } from "../../../core/person.js";
import type { Plan } from "../../../core/plan/plan.js";
import type { Ports, Rules } from "../../../core/ports.js";
import type { Conversation } from "../../../core/stores.js";
import type { Further, Invitation } from "../subject.js";
import type { FindApproverChats } from "./approver-chats.js";
import type { MayApprove } from "./recent-approvers.js";

type Lookups = Pick<Ports, "conversations" | "directory" | "log">;

/** Where a plan is shown without a look at who is there, first the one it was asked for in. @throws Fault */
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

/** The same for a plan that waits. @throws Fault */
export async function planPlaces(
  ports: Pick<Ports, "conversations" | "log">,
  plan: Plan,
): Promise<readonly Invitation[]> {
  const certain = await certainAudience(ports, plan);
  if (certain.every(({ id }) => id !== plan.conversation))
    ports.log.warn("conversation-unknown", { plan: plan.number });
  return certain.map((conversation) => ({ conversation }));
}

/** Where it is shown besides: the own chats of people who may approve, each of whom is looked up. @throws Fault */
export async function approverPlaces(
  ports: Lookups,
  rules: Rules,
  { findChats, mayApprove }: { readonly findChats: FindApproverChats; readonly mayApprove: MayApprove },
): Promise<Further> {
  const { chats, are } = await findChats(ports, rules);
  const invitations = chats.map((conversation) => ({
    conversation,
    still: () => mayCertainlyApprove(ports, rules, conversation.person.id, mayApprove),
  }));
  return { invitations, mayBeMore: are === "some" };
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
