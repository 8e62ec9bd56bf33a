import type { Drift } from "../../core/drift/drift.js";
import type { Ports } from "../../core/ports.js";
import type { Conversation } from "../../core/stores.js";

/**
 * Where an open drift is to be seen: the approval rooms; where there are none, the conversation of the last plan.
 * @param isPosted whether it stands somewhere already @throws Fault
 */
export async function driftRooms(
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
