import type { Weakening } from "../impact/weakenings.js";
import type { Ports, Rules } from "../ports.js";

/** More than are decided between two that are applied. */
const PLANS_LOOKED_AT = 50;

/** Whether a plan needs fewer approvers than the one that was applied last: then its approver is told. @throws Fault */
export async function fewerApprovals(
  ports: Pick<Ports, "plans">,
  { tenantId }: Pick<Rules, "tenantId">,
  approvalsRequired: number,
): Promise<readonly Weakening[]> {
  const plans = await ports.plans.latest(tenantId, PLANS_LOOKED_AT);
  const last = plans.find(({ state }) => state.kind === "applied");
  if (last === undefined || last.approvalsRequired <= approvalsRequired) return [];
  const { approvalsRequired: before, number: lastPlan } = last;
  return [{ kind: "fewer-approvals", before, now: approvalsRequired, lastPlan }];
}
