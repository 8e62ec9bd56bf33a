import { inParallel } from "../../async/in-parallel.js";
import { isRequester, type Plan } from "../../core/plan/plan.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Conversation } from "../../core/stores.js";
import { channelOf } from "../incoming/place.js";
import type { MayApprove } from "./recent-approvers.js";

/** Whether Teams said last that posts are not taken there. */
export type IsShut = (place: Pick<Conversation, "reference">) => boolean;

export type Reach = "approver" | "here-only" | "nobody";

/** Who asked for a plan, and where, whether it has its number already or not. */
export type AskedPlan = Pick<Plan, "tenantId" | "requester" | "conversation"> & Partial<Pick<Plan, "number">>;

/** People looked up at a time. */
const ABREAST = 8;

/**
 * Whom a waiting plan reaches: an approver, as far as is known; only those who read where it was asked for, of whom it
 * is not known whether one may approve; or no one. Where it cannot be found out it counts as reached, so that no card
 * says what may be wrong.
 */
export async function reachOf(
  ports: Pick<Ports, "conversations" | "directory" | "log">,
  rules: Rules,
  plan: AskedPlan,
  { mayApprove, isShut }: { readonly mayApprove: MayApprove; readonly isShut: IsShut },
): Promise<Reach> {
  const { conversations, log } = ports;
  const isOpen = (place: Conversation) => !isShut(place);
  try {
    const rooms = await conversations.approvalRooms(plan.tenantId);
    if (rooms.some(isOpen)) return "approver";
    const chats = (await conversations.personalChats(plan.tenantId)).filter(isOpen);
    const people = chats
      .flatMap(({ person }) => (person === undefined ? [] : [person.id]))
      .filter((person) => rules.allowSelfApproval || !isRequester(plan, person));
    if (await isAny(people, (person) => mayApprove(ports, rules, person))) return "approver";
    const origin = await conversations.find(plan.conversation);
    return origin === undefined || origin.kind === "personal" ? "nobody" : "here-only";
  } catch (error) {
    log.warn("approver-check-failed", { plan: plan.number, error });
    return "approver";
  }
}

/** Looks at some at a time, and at no more once there is one. @throws what looking threw */
async function isAny<Item>(items: readonly Item[], look: (item: Item) => Promise<boolean>): Promise<boolean> {
  const found = { is: false, failed: undefined as unknown };
  await inParallel(items, ABREAST, async (item) => {
    if (found.is || found.failed !== undefined) return;
    try {
      if (await look(item)) found.is = true;
    } catch (error) {
      found.failed = error;
    }
  });
  if (!found.is && found.failed !== undefined) throw found.failed;
  return found.is;
}

/** Whether the plan was asked for in this place, so that it is told there whom it reaches. */
export function isOrigin(plan: Plan, place: Pick<Conversation, "id">): boolean {
  return channelOf(place.id) === channelOf(plan.conversation);
}
