import { validApprovals } from "../../approval/approval-rules.js";
import { unreachable } from "../../errors.js";
import type { PlanSummary } from "../../plan/plan.js";
import { takesMore } from "./beside-words.js";

type Decided = Pick<PlanSummary, "state" | "approvals" | "revision" | "approvalsRequired">;

/** What has become of a plan, as the card and the page of evidence say it. */
export function outcomeWords(plan: Decided): string {
  const { state } = plan;
  switch (state.kind) {
    case "waiting":
      return waitingWords(plan);
    case "applying":
      return state.putOff === undefined ? "Applying" : "Waiting for Graph";
    case "applied":
      return takesMore(state.beside) ? "Applied, and more changed" : "Applied and verified";
    case "refused":
      return "Refused by Graph";
    case "unknown":
      return "Outcome not known yet";
    case "rejected":
      return "Rejected";
    case "cancelled":
      return "Cancelled";
    case "expired":
      return "Expired";
    case "superseded":
      if (state.why === "store-restored") return "Ended by a restore";
      return state.why === "outcome-never-known" ? "Outcome never known" : "Superseded";
    default:
      return unreachable(state);
  }
}

function waitingWords(plan: Decided): string {
  const given = validApprovals(plan).length;
  return given === 0 ? "Waiting for approval" : `${given} of ${plan.approvalsRequired} approvals`;
}
