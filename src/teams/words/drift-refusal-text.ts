import { type Refusal, unreachable } from "../../core/errors.js";
import { plain } from "./card-text.js";

type DriftRefusal = Extract<
  Refusal,
  {
    code:
      | "unknown-drift"
      | "other-drift"
      | "stale-drift"
      | "drift-decided"
      | "reason-missing"
      | "drift-has-plan"
      | "own-drift"
      | "drift-needs-another";
  }
>;

/** Why something could not be done with a drift. Each ends with the next step. */
export function driftRefusalText(refusal: DriftRefusal): string {
  const { driftNumber } = refusal;
  switch (refusal.code) {
    case "unknown-drift":
      return `There is no drift ${driftNumber} here. Say \`drift\` to see whether the policy is as it should be.`;
    case "other-drift":
      return `This card shows another drift than ${driftNumber} is now: it was posted before a restore, by another installation, or by an earlier version of Latchkey. Nothing was done; say \`drift ${driftNumber}\` and decide on what it says.`;
    case "stale-drift":
      return `Drift ${driftNumber} is not what this card shows any more: the policy moved on, or a plan was applied. Nothing was done; say \`drift\` and decide on what it says now.`;
    case "drift-decided":
      return `Drift ${driftNumber} is ${STATE[refusal.state]} already${refusal.by === undefined ? "" : `, by ${plain(refusal.by.name)}`}. Say \`drift ${driftNumber}\` to see it.`;
    case "own-drift":
      return `Entra's audit log names you among those who made this change, so you cannot accept drift ${driftNumber}. Ask another approver to press Accept, or press Put back.`;
    case "drift-needs-another":
      return `You accept drift ${driftNumber} already. Entra's audit log does not say for certain who changed the policy, so it takes another approver as well: ask one to press Accept.`;
    case "reason-missing":
      return `Nothing was accepted: drift ${driftNumber} is accepted with a reason or not at all. Press Accept again and say why it is right.`;
    case "drift-has-plan":
      return `Plan #${refusal.planNumber} puts drift ${driftNumber} back and waits for approval already. Say \`show ${refusal.planNumber}\` to see it.`;
    default:
      return unreachable(refusal);
  }
}

const STATE = { accepted: "accepted", "put-back": "put back", over: "over" } as const;
