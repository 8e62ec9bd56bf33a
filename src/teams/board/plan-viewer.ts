import { refuseScan } from "../../core/plan/open-plan.js";
import { isRequester, type Plan } from "../../core/plan/plan.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Conversation, ConversationStore } from "../../core/stores.js";
import type { PlanView } from "../cards/plan/plan-view.js";
import { channelOf, isThread, type Place } from "../incoming/place.js";

/** How a plan's card is to be drawn in this conversation, now. */
export async function viewIn(
  ports: Pick<Ports, "conversations" | "clock">,
  rules: Rules,
  plan: Plan,
  place: Place,
): Promise<PlanView> {
  const own = place.kind === "personal" && place.person !== undefined && isRequester(plan, place.person.id);
  const scan = refuseScan(plan, rules, ports.clock.now());
  return {
    viewer: own ? "requester" : "others",
    names: (await isApprovalRoom(ports.conversations, place)) ? "shown" : "counted",
    selfApproval: rules.allowSelfApproval ? "allowed" : "refused",
    approvers: rules.approvers === undefined ? "roles" : "ids",
    scan: scan?.code === "scan-needed" ? scan.why : "fine",
  };
}

/** Whether people may be named here to all who read along: in an approval room, and where one person is alone. */
export async function namesMayShow(conversations: ConversationStore, place: Place): Promise<boolean> {
  return place.kind === "personal" || (await isApprovalRoom(conversations, place));
}

/** A thread of a channel is an approval room when its channel is. */
export async function isApprovalRoom(conversations: ConversationStore, place: Place): Promise<boolean> {
  const known: Conversation | undefined = await conversations.find(channelOf(place.id));
  if (known?.approvalRoom === true) return true;
  return isThread(place.id) && (await conversations.find(place.id))?.approvalRoom === true;
}
