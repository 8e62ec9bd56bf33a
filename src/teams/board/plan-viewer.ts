import { within } from "../../async/within.js";
import { whyNotApprover } from "../../core/access/standing.js";
import { Fault } from "../../core/errors.js";
import { scanBehind } from "../../core/plan/open-plan.js";
import { isRequester, type Plan } from "../../core/plan/plan.js";
import type { Ports, Rules } from "../../core/ports.js";
import type { Conversation, ConversationStore } from "../../core/stores.js";
import type { NamesView } from "../cards/parts/names-view.js";
import type { PlanView } from "../cards/plan/plan-view.js";
import { channelOf, isThread, type Place } from "../incoming/place.js";
import { approverChats, type FindApproverChats } from "./approvers/approver-chats.js";
import { type IsShut, isOrigin, type Reach, reachOf } from "./approvers/plan-reach.js";
import type { MayApprove } from "./approvers/recent-approvers.js";

/** How it is found out who sees a card. */
export interface Seeing {
  /** Looks a person up; the board asks more often than needs a fresh answer. */
  readonly mayApprove?: MayApprove;
  readonly findChats?: FindApproverChats;
  readonly isShut?: IsShut;
  /** Whom the plan reaches, where that was found out already. */
  readonly foundReach?: Reach | undefined;
}

const REACH_WITHIN_MS = 500;

type Lookups = Pick<Ports, "conversations" | "directory" | "log">;

/**
 * How a plan's card is to be drawn in this conversation, now.
 */
export async function viewIn(
  ports: Lookups & Pick<Ports, "clock">,
  rules: Rules,
  plan: Plan,
  place: Place,
  { mayApprove = isApprover, findChats = approverChats, isShut = () => false, foundReach }: Seeing = {},
): Promise<PlanView> {
  const own = place.kind === "personal" && place.person !== undefined && isRequester(plan, place.person.id);
  const reader = await readerOf(ports, rules, place, mayApprove);
  return {
    viewer: own ? "requester" : reader === "onlooker" ? "onlooker" : "others",
    names: await namesFor(ports, place, reader),
    selfApproval: rules.allowSelfApproval && reader !== "onlooker" ? "allowed" : "refused",
    approvers: rules.approvers === undefined ? "roles" : "ids",
    scan: scanBehind(plan, rules, ports.clock.now()),
    ...(await reachFrom(ports, rules, plan, { place, mayApprove, findChats, isShut, foundReach })),
  };
}

async function reachFrom(
  ports: Lookups,
  rules: Rules,
  plan: Plan,
  { place, foundReach, ...seeing }: Required<Seeing> & { readonly place: Place },
): Promise<Pick<PlanView, "reach">> {
  if (plan.state.kind !== "waiting" || !isOrigin(plan, place)) return {};
  const believed = { ...seeing, holders: "believed" } as const;
  // The card of who asked waits for no one: what takes longer is told by a card that is drawn again.
  const reach = foundReach ?? (await within(reachOf(ports, rules, plan, believed), REACH_WITHIN_MS));
  return reach === undefined || reach === "enough" ? {} : { reach };
}

/** Whether a card that is to be decided names people to all who read it here: to approvers, where they decide. */
export async function decidingNamesIn(
  ports: Lookups,
  rules: Rules,
  place: Place,
  mayApprove: MayApprove = isApprover,
): Promise<NamesView["names"]> {
  return namesFor(ports, place, await readerOf(ports, rules, place, mayApprove));
}

/** Who reads here alone; `several` where that cannot be told. */
type Reader = "approver" | "onlooker" | "several";

/** What cannot be looked up hides nothing to press, since a press is looked up again, and shows no name. */
async function readerOf(
  { directory, log }: Pick<Ports, "directory" | "log">,
  rules: Rules,
  place: Place,
  mayApprove: MayApprove,
): Promise<Reader> {
  if (place.kind !== "personal" || place.person === undefined) return "several";
  const person = place.person.id;
  try {
    return (await mayApprove({ directory }, rules, person)) ? "approver" : "onlooker";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.warn("approver-check-failed", { person, error });
    return "several";
  }
}

async function namesFor(
  { conversations }: Pick<Ports, "conversations">,
  place: Place,
  reader: Reader,
): Promise<NamesView["names"]> {
  return reader === "approver" || (await isApprovalRoom(conversations, place)) ? "shown" : "counted";
}

const isApprover: MayApprove = async (ports, rules, person) =>
  (await whyNotApprover(ports, rules, person)) === undefined;

/** Whether people may be named here to all who read along: in an approval room, and where one person is alone. */
export async function namesMayShow(conversations: ConversationStore, place: Place): Promise<boolean> {
  return place.kind === "personal" || (await isApprovalRoom(conversations, place));
}

/** A thread of a channel is an approval room when its channel is. */
async function isApprovalRoom(conversations: ConversationStore, place: Place): Promise<boolean> {
  const known: Conversation | undefined = await conversations.find(channelOf(place.id));
  if (known?.approvalRoom === true) return true;
  return isThread(place.id) && (await conversations.find(place.id))?.approvalRoom === true;
}
