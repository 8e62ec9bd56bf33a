import { validApprovals } from "../../../core/approval/approval-rules.js";
import { unreachable } from "../../../core/errors.js";
import { isPutOff, type Plan } from "../../../core/plan/plan.js";
import { canBeTakenBack } from "../../../core/policy/intent.js";
import { listed } from "../../../core/words/amounts.js";
import { clip, sentence } from "../../../core/words/one-line.js";
import { moment, plain } from "../../words/card-text.js";
import type { CardElement } from "../parts/card.js";
import { smallLine, subtle, type Words } from "../parts/card-parts.js";
import type { PlanView } from "./plan-view.js";

/** What happens next: how many approvals, from whom, until when, with whose rights; or what to say now. */
export function planNext(plan: Plan, view: PlanView): CardElement {
  if (plan.state.kind === "waiting")
    return subtle(waitingWords(plan, view), { separator: true, spacing: "medium" });
  return smallLine(decidedWords(plan), { separator: true, spacing: "medium" });
}

function waitingWords(plan: Plan, view: PlanView): string {
  const until = `Expires ${moment(plan.expiresAt, plan.createdAt)}.`;
  if (view.scan !== "fine")
    return `Cannot be approved as it is. Scan now reads who has which passkey, and when that is done shows this plan anew with what it found; the policy is not touched. ${until}`;
  const given = validApprovals(plan);
  const missing = plan.approvalsRequired - given.length;
  const needs = `Needs ${missing}${given.length === 0 ? "" : " more"} ${missing === 1 ? "approval" : "approvals"} from ${approverWords(view, missing)}.`;
  const so =
    given.length === 0
      ? ""
      : ` Approved by ${listed(
          given.map((approval) => plain(approval.by.name)),
          5,
        )}.`;
  const rights =
    plan.approvalsRequired === 1 ? "the approver's own rights" : "the last approver's own rights";
  return `${needs}${so} ${until} On approval the change is made with ${rights}.`;
}

function approverWords(view: PlanView, count: number): string {
  if (view.approvers === "ids")
    return count === 1 ? "an approver of this tenant" : "approvers of this tenant";
  return count === 1 ? "an Authentication Policy Administrator" : "Authentication Policy Administrators";
}

function decidedWords(plan: Plan): readonly Words[] {
  const again: Words = { command: clip(sentence(plan.command), 120) };
  switch (plan.state.kind) {
    case "waiting":
    case "applying":
      if (isPutOff(plan))
        return [
          "Next: nothing. This card changes when it is sent; until then Reject or ",
          { command: `cancel ${plan.number}` },
          " stops it.",
        ];
      return ["Next: ", { command: `show ${plan.number}` }, " in a minute, to see how it went."];
    case "unknown":
      return [
        "Next: ",
        { command: `show ${plan.number}` },
        " reads the policy and says how it stands; if it stays like this, ",
        { command: `cancel ${plan.number}` },
        " closes the plan.",
      ];
    case "applied":
      return [
        "Next: ",
        { command: "show policy" },
        " for the policy as it is now; ",
        ...(canBeTakenBack(plan.intent)
          ? [{ command: `undo ${plan.number}` }, " proposes to take this back."]
          : [{ command: "profiles" }, " for what each profile lets in. This cannot be taken back."]),
      ];
    case "refused":
      return [
        "Next: ",
        { command: "show policy" },
        ", then ",
        again,
        " for a plan made from the policy as it is.",
      ];
    case "rejected":
    case "cancelled":
    case "expired":
      return ["Next: ", again, " for a fresh plan."];
    case "superseded":
      return plan.state.why !== "no-longer-possible"
        ? ["Next: ", { command: "show policy" }, " for the policy as it is now."]
        : ["Next: ", { command: "show policy" }, ", then ask for a change that fits it."];
    default:
      return unreachable(plan.state);
  }
}
