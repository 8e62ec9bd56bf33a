import type { Rules } from "../../../core/ports.js";
import { counted } from "../../../core/words/amounts.js";

/** Whose approval a plan needs, and how many. */
export function approverWords({
  approvers,
  approvalsRequired,
  allowSelfApproval,
}: Pick<Rules, "approvers" | "approvalsRequired" | "allowSelfApproval">): string {
  const who =
    approvers === undefined
      ? "Everybody with the role Authentication Policy Administrator or Global Administrator, active now,"
      : "The people and groups whom the operator named as approvers";
  const others = allowSelfApproval ? "also the one who asked for it" : "but not the one who asked for it";
  return `${who} can approve a plan, ${others}; it takes ${counted(approvalsRequired, "approval")}, each with the button on its card.`;
}
