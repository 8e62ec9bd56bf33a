import { inParallel } from "../../../async/in-parallel.js";
import { approvalsNeeded, validApprovals } from "../../../core/approval/approval-rules.js";
import { isRequester, type Plan } from "../../../core/plan/plan.js";
import type { Ports, Rules } from "../../../core/ports.js";
import type { Conversation } from "../../../core/stores.js";
import { channelOf } from "../../incoming/place.js";
import type { FindApproverChats } from "./approver-chats.js";
import type { MayApprove } from "./recent-approvers.js";

/** Whether Teams said last that posts are not taken there. */
export type IsShut = (place: Pick<Conversation, "reference">) => boolean;

export type Reach = "enough" | "too-few" | "here-only" | "nobody" | "unknown";

export interface ReachOptions {
  readonly findChats: FindApproverChats;
  readonly mayApprove: MayApprove;
  readonly isShut: IsShut;
  /**
   * `believed`: who holds a role by the list of its holders may approve. `looked-up`: each is looked up, as for the card
   * in their chat, so that what is said is what came of it.
   */
  readonly holders: "believed" | "looked-up";
}

/** Who asked for a plan, and where, whether it has its number already or not. */
export type AskedPlan = Pick<Plan, "tenantId" | "requester" | "conversation"> &
  Partial<Pick<Plan, "number" | "approvals" | "approvalsRequired" | "revision">>;

/** People looked up at a time. */
const ABREAST = 8;

/**
 * Whom a waiting plan reaches: as many approvers as it still lacks; some, and fewer than that; only those who read where
 * it was asked for, of whom it is not known whether one may approve; or no one. `unknown` where that cannot be found out.
 */
export async function reachOf(
  ports: Pick<Ports, "conversations" | "directory" | "log">,
  rules: Rules,
  plan: AskedPlan,
  { findChats, mayApprove, isShut, holders }: ReachOptions,
): Promise<Reach> {
  const { conversations, log } = ports;
  const isOpen = (place: Conversation) => !isShut(place);
  try {
    const rooms = await conversations.approvalRooms(plan.tenantId);
    if (rooms.some(isOpen)) return "enough";
    const { approvals = [], approvalsRequired = 0, revision = 1 } = plan;
    const given = validApprovals({ approvals, revision }).map(({ by }) => by.id);
    const lacks = Math.max(1, approvalsNeeded({ approvalsRequired }, rules) - given.length);
    const { chats, are } = await findChats(ports, rules);
    const people = chats
      .filter(isOpen)
      .map(({ person }) => person.id)
      .filter((person) => !given.includes(person) && (rules.allowSelfApproval || !isRequester(plan, person)));
    const isBelieved = are === "all" && holders === "believed";
    const found = isBelieved
      ? people.length
      : await countUpTo(lacks, people, (person) => mayApprove(ports, rules, person));
    if (found >= lacks) return "enough";
    if (are === "some") return "unknown";
    const origin = await conversations.find(plan.conversation);
    if (origin !== undefined && origin.kind !== "personal") return "here-only";
    return found + given.length > 0 ? "too-few" : "nobody";
  } catch (error) {
    log.warn("approver-check-failed", { plan: plan.number, error });
    return "unknown";
  }
}

/** How many fit: looks at some at a time, and at no more once there are so many. @throws what looking threw, if there are fewer */
async function countUpTo<Item>(
  enough: number,
  items: readonly Item[],
  look: (item: Item) => Promise<boolean>,
): Promise<number> {
  const seen = { fitting: 0, failed: undefined as unknown };
  await inParallel(items, ABREAST, async (item) => {
    if (seen.fitting >= enough || seen.failed !== undefined) return;
    try {
      if (await look(item)) seen.fitting += 1;
    } catch (error) {
      seen.failed = error;
    }
  });
  if (seen.fitting < enough && seen.failed !== undefined) throw seen.failed;
  return seen.fitting;
}

/** Whether the plan was asked for in this place, so that it is told there whom it reaches. */
export function isOrigin(plan: Plan, place: Pick<Conversation, "id">): boolean {
  return channelOf(place.id) === channelOf(plan.conversation);
}
