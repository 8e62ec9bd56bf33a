import { whyNotApprover } from "../access/standing.js";
import { mayStillArrive } from "../apply/write-window.js";
import { type Refusal, refuse } from "../errors.js";
import { closePlan, type Decided } from "../plan/close-plan.js";
import { type Click, findEndable, type PlanChoice, shownOf } from "../plan/open-plan.js";
import { isRequester, type Plan } from "../plan/plan.js";
import { refuseOtherPlan } from "../plan/plan-digest.js";
import type { Ports, Rules } from "../ports.js";

/** An approver says no; it ends the plan. @param reason in their words; may be empty */
export async function rejectPlan(
  ports: Ports,
  rules: Rules,
  click: PlanChoice & Pick<Click, "person" | "conversation">,
  reason: string,
): Promise<Refusal | Decided> {
  const plan = await findEndable(ports, rules, click);
  if ("kind" in plan) return plan;
  const standing = await whyNotApprover(ports, rules, click.person.id);
  if (standing) return standing;
  const at = ports.clock.now().toISOString();
  return closePlan(ports, plan, { kind: "rejected", by: click.person, at, reason }, "plan-rejected", click);
}

/** The requester, or an approver, takes the plan back. */
export async function cancelPlan(
  ports: Ports,
  rules: Rules,
  request: PlanChoice & Pick<Click, "person" | "conversation">,
): Promise<Refusal | Decided> {
  const plan = (await findUnknown(ports, rules, request)) ?? (await findEndable(ports, rules, request));
  if ("kind" in plan) return plan;
  if (!isRequester(plan, request.person.id) && (await whyNotApprover(ports, rules, request.person.id))) {
    return refuse({ code: "not-requester-nor-approver", planNumber: plan.number });
  }
  const at = ports.clock.now().toISOString();
  const by = request.person;
  // Not "cancelled": that would say that nothing was written.
  return plan.state.kind === "unknown"
    ? closePlan(
        ports,
        plan,
        { kind: "superseded", why: "outcome-never-known", by, at },
        "plan-superseded",
        request,
      )
    : closePlan(ports, plan, { kind: "cancelled", by, at }, "plan-cancelled", request);
}

/** A plan whose outcome is not known, once its write cannot arrive any more: a person may close it. */
async function findUnknown(
  ports: Pick<Ports, "plans" | "clock" | "replicas">,
  rules: Rules,
  choice: PlanChoice,
): Promise<Plan | undefined> {
  const plan = await ports.plans.find(rules.tenantId, choice.planNumber);
  if (plan?.state.kind !== "unknown" || mayStillArrive(ports, plan)) return undefined;
  const shown = shownOf(choice);
  if (shown === undefined) return plan;
  return shown.revision === plan.revision && !refuseOtherPlan(plan, shown) ? plan : undefined;
}
