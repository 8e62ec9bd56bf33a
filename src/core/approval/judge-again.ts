import { unmetDemands } from "../access/sign-in-demands.js";
import { type Refusal, refuse } from "../errors.js";
import { refuseClosed } from "../plan/open-plan.js";
import type { Approval } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import { approvalsNeeded, approvalsWith, heldTo, refuseApproval } from "./approval-rules.js";
import type { Approving } from "./approving.js";
import { refuseEmergencyDanger } from "./begin-approval.js";

/** The rules, roles or the other approvals changed meanwhile: this one does not do any more. */
export interface NotEnough {
  readonly kind: "not-enough";
  /** Those that count, with this one. */
  readonly approvals: readonly Approval[];
}

/**
 * To sign in, or to wait for Graph, takes a while, in which rules, roles and other processes may have changed, and the
 * plan's time may be up: all of it is looked at again. @throws Fault
 */
export async function judgeAgain(
  ports: Ports,
  ofNow: Rules,
  { plan, approval, click, emergencyAccounts }: Approving,
): Promise<Refusal | NotEnough | { readonly kind: "enough"; readonly approvals: readonly Approval[] }> {
  await ports.replicas.lookAtRules();
  const rules = heldTo(plan, ofNow);
  const refusal = await refuseApproval(ports, rules, plan, click.person);
  if (refusal) return refusal;
  const unmet = unmetDemands(rules.signInDemands, approval.signIn);
  if (unmet.length > 0) return refuse({ code: "sign-in-too-weak", unmet });
  // To look accounts up may take long, so only those that have been named since.
  const named = rules.emergencyAccounts.filter((id) => !emergencyAccounts.includes(id));
  const danger = await refuseEmergencyDanger(ports, { ...rules, emergencyAccounts: named }, plan);
  if (danger) return danger;
  const approvals = await approvalsWith(ports, rules, plan, approval);
  if (approvals.length < approvalsNeeded(plan, rules)) return { kind: "not-enough", approvals };
  return refuseClosed(plan, ports.clock.now()) ?? { kind: "enough", approvals };
}
