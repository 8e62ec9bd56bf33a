import { isRequester, type Plan } from "../../core/plan/plan.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Conversation } from "../../core/stores.js";
import { channelOf } from "../incoming/place.js";
import type { MayApprove } from "./recent-approvers.js";

/** Whether Teams said last that posts are not taken there. */
export type IsShut = (place: Pick<Conversation, "reference">) => boolean;

/**
 * Whom a waiting plan reaches: an approver, as far as is known; only those who read where it was asked for, of whom it
 * is not known whether one may approve; or no one. Where it cannot be found out it counts as reached, so that no card
 * says what may be wrong.
 */
export async function reachOf(
  ports: Pick<Ports, "conversations" | "directory" | "log">,
  rules: Rules,
  plan: Plan,
  { mayApprove, isShut }: { readonly mayApprove: MayApprove; readonly isShut: IsShut },
): Promise<"approver" | "here-only" | "nobody"> {
  const { conversations, log } = ports;
  const isOpen = (place: Conversation) => !isShut(place);
  try {
    const rooms = await conversations.approvalRooms(plan.tenantId);
    if (rooms.some(isOpen)) return "approver";
    for (const chat of (await conversations.personalChats(plan.tenantId)).filter(isOpen)) {
      const { person } = chat;
      if (person === undefined || (isRequester(plan, person.id) && !rules.allowSelfApproval)) continue;
      if (await mayApprove(ports, rules, person.id)) return "approver";
    }
    const origin = await conversations.find(plan.conversation);
    return origin === undefined || origin.kind === "personal" ? "nobody" : "here-only";
  } catch (error) {
    log.warn("approver-check-failed", { plan: plan.number, error });
    return "approver";
  }
}

/** Whether the plan was asked for in this place, so that it is told there whom it reaches. */
export function isOrigin(plan: Plan, place: Pick<Conversation, "id">): boolean {
  return channelOf(place.id) === channelOf(plan.conversation);
}
