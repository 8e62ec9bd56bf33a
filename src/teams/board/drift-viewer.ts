import type { ConversationStore } from "../../core/stores.js";
import type { NamesView } from "../cards/parts/names-view.js";
import type { Place } from "../incoming/place.js";
import { isApprovalRoom } from "./plan-viewer.js";

/** How a drift's card is to be drawn in this conversation. */
export async function driftViewIn(conversations: ConversationStore, place: Place): Promise<NamesView> {
  return { names: (await isApprovalRoom(conversations, place)) ? "shown" : "counted" };
}
