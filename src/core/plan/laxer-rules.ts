import type { DecidingRules } from "../access/strictest-rules.js";
import type { Weakening } from "../impact/weakenings.js";
import type { TenantId } from "../person.js";
import type { Ports } from "../ports.js";

/** More than are decided between two that are applied. */
const PLANS_LOOKED_AT = 50;

/**
 * In what a plan is decided by laxer rules than the one that was applied last: then its approver is told. Of a plan of
 * the first version it is not known whether its requester could have approved it. @throws Fault
 */
export async function laxerRules(
  ports: Pick<Ports, "plans">,
  tenantId: TenantId,
  {
    approvalsRequired,
    allowSelfApproval,
    signInDemands = [],
  }: Pick<DecidingRules, "approvalsRequired" | "allowSelfApproval" | "signInDemands">,
): Promise<readonly Weakening[]> {
  const last = await ports.plans.lastApplied(tenantId, PLANS_LOOKED_AT);
  if (last === undefined) return [];
  const { approvalsRequired: before, number: lastPlan, rules } = last;
  const dropped = (rules?.signInDemands ?? []).filter((demand) => !signInDemands.includes(demand));
  return [
    ...(before > approvalsRequired
      ? [{ kind: "fewer-approvals", before, now: approvalsRequired, lastPlan } as const]
      : []),
    ...(allowSelfApproval && rules?.allowSelfApproval === false
      ? [{ kind: "self-approval-allowed", lastPlan } as const]
      : []),
    ...(dropped.length > 0 ? [{ kind: "sign-in-demands-dropped", dropped, lastPlan } as const] : []),
  ];
}
