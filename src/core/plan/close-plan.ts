import { refuseApprover } from "../access/standing.js";
import { mayStillArrive } from "../apply/write-window.js";
import { type Click, findDecidable, refuseClosed } from "../approval/approval-rules.js";
import type { AuditEvent } from "../audit/record.js";
import { type Refusal, refuse } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports, Rules } from "../ports.js";
import { isRequester, type Plan, type PlanState } from "./plan.js";
import { planEntry } from "./plan-entry.js";
import { move } from "./transition.js";

/** The plan as it stands after what somebody decided. */
export interface Decided {
  readonly kind: "decided";
  readonly plan: Plan;
}

/** An approver says no; it ends the plan. @param reason in their words; may be empty */
export async function rejectPlan(
  ports: Ports,
  rules: Rules,
  click: Click,
  reason: string,
): Promise<Refusal | Decided> {
  const plan = await findDecidable(ports, rules, click);
  if ("kind" in plan) return plan;
  const standing = await refuseApprover(ports, rules, click.person.id);
  if (standing) return standing;
  const at = ports.clock.now().toISOString();
  return close(ports, plan, { kind: "rejected", by: click.person, at, reason }, "plan-rejected", click);
}

/** The requester, or an approver, takes the plan back. */
export async function cancelPlan(
  ports: Ports,
  rules: Rules,
  request: Omit<Click, "revision"> & { readonly revision?: number },
): Promise<Refusal | Decided> {
  const plan = (await findUnknown(ports, rules, request)) ?? (await findDecidable(ports, rules, request));
  if ("kind" in plan) return plan;
  if (!isRequester(plan, request.person.id) && (await refuseApprover(ports, rules, request.person.id))) {
    return refuse({ code: "not-requester-nor-approver", planNumber: plan.number });
  }
  const at = ports.clock.now().toISOString();
  const by = request.person;
  // Not "cancelled": that would say that nothing was written.
  return plan.state.kind === "unknown"
    ? close(
        ports,
        plan,
        { kind: "superseded", why: "outcome-never-known", by, at },
        "plan-superseded",
        request,
      )
    : close(ports, plan, { kind: "cancelled", by, at }, "plan-cancelled", request);
}

/** A plan whose outcome nobody could find out, once reading cannot settle it any more: a person may close it. */
async function findUnknown(
  ports: Pick<Ports, "plans" | "clock" | "replicas">,
  rules: Rules,
  { planNumber, revision }: Pick<Click, "planNumber"> & { readonly revision?: number },
): Promise<Plan | undefined> {
  const plan = await ports.plans.find(rules.tenantId, planNumber);
  if (plan?.state.kind !== "unknown" || mayStillArrive(ports, plan)) return undefined;
  return revision === undefined || revision === plan.revision ? plan : undefined;
}

/** Nobody decided in time. @returns the plan as it is now, whoever changed it last */
export async function expirePlan(ports: Ports, plan: Plan): Promise<Plan> {
  const closed = await close(ports, plan, { kind: "expired", at: plan.expiresAt }, "plan-expired", {});
  if (closed.kind === "decided") return closed.plan;
  return (await ports.plans.find(plan.tenantId, plan.number)) ?? plan;
}

async function close(
  ports: Ports,
  plan: Plan,
  state: PlanState,
  event: AuditEvent,
  how: { readonly person?: Person; readonly conversation?: ConversationId },
): Promise<Refusal | Decided> {
  const at = ports.clock.now().toISOString();
  const record = planEntry(plan, event, at, {
    ...(how.person ? { by: how.person } : {}),
    ...(how.conversation ? { conversation: how.conversation } : {}),
    detail: closingDetail(state),
  });
  const stored = await ports.plans.replace(move(plan, state), [record]);
  if (stored.kind !== "replaced") {
    const current = await ports.plans.find(plan.tenantId, plan.number);
    // Somebody approved meanwhile: what is to be closed is what it was.
    if (current !== undefined && isWaitingStill(plan, current))
      return close(ports, current, state, event, how);
    return lostTheRace(ports, plan, current);
  }
  await ports.announcer.planChanged(stored.plan);
  return { kind: "decided", plan: stored.plan };
}

function closingDetail(state: PlanState): JsonObject {
  if (state.kind === "rejected") return { reason: state.reason };
  return state.kind === "superseded" ? { why: state.why } : {};
}

function isWaitingStill(plan: Plan, current: Plan): boolean {
  const bothWait = plan.state.kind === "waiting" && current.state.kind === "waiting";
  return bothWait && plan.revision === current.revision;
}

/** Somebody else was first: says who, from the plan as it is now. */
function lostTheRace(ports: Pick<Ports, "clock">, plan: Plan, current: Plan | undefined): Refusal {
  if (current === undefined) return refuse({ code: "unknown-plan", planNumber: plan.number });
  const closed = refuseClosed(current, ports.clock.now());
  return closed ?? refuse({ code: "stale-revision", planNumber: plan.number, revision: current.revision });
}
