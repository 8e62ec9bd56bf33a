import type { Ports, Rules } from "../../core/ports.js";
import type { NamesView } from "../cards/parts/names-view.js";
import type { Place } from "../incoming/place.js";
import type { MayApprove } from "./approvers/recent-approvers.js";
import { decidingNamesIn } from "./plan-viewer.js";

/** How a drift's card is to be drawn in this conversation. */
export async function driftViewIn(
  ports: Pick<Ports, "conversations" | "directory" | "log">,
  rules: Rules,
  place: Place,
  mayApprove?: MayApprove,
): Promise<NamesView> {
  return { names: await decidingNamesIn(ports, rules, place, mayApprove) };
}
