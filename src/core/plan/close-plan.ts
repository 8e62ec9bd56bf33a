import type { AuditEvent } from "../audit/record.js";
import { type Refusal, refuse } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { ConversationId, Person } from "../person.js";
import type { Ports } from "../ports.js";
import { countChange } from "./count-change.js";
import { refuseClosed } from "./open-plan.js";
import { isPutOff, type Plan, type PlanState } from "./plan.js";
import { planEntry } from "./plan-entry.js";
import { refuseAltered } from "./recorded/refuse-altered.js";
import { move } from "./transition.js";

/** The plan as it stands after a decision. */
export interface Decided {
  readonly kind: "decided";
  readonly plan: Plan;
}

/** No decision came in time. @returns the plan as it is now, which may have been decided at the last moment */
export async function expirePlan(ports: Ports, plan: Plan): Promise<Plan> {
  const closed = await closePlan(ports, plan, { kind: "expired", at: plan.expiresAt }, "plan-expired", {});
  if (closed.kind === "decided") return closed.plan;
  return (await ports.plans.find(plan.tenantId, plan.number)) ?? plan;
}

/** Stores how a plan ended, with its record, and shows it; refuses with the name of the person who was first. */
export async function closePlan(
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
  if (stored.kind === "altered") return refuseAltered(ports, plan, stored.why);
  if (stored.kind !== "replaced") {
    const current = await ports.plans.find(plan.tenantId, plan.number);
    // An approval came in between: what is to be closed is still what it was.
    if (current !== undefined && isWaitingStill(plan, current))
      return closePlan(ports, current, state, event, how);
    return lostTheRace(ports, plan, current);
  }
  countChange(ports, plan, stored.plan);
  await ports.announcer.planChanged(stored.plan);
  return { kind: "decided", plan: stored.plan };
}

function closingDetail(state: PlanState): JsonObject {
  if (state.kind === "rejected") return { reason: state.reason };
  return state.kind === "superseded" ? { why: state.why } : {};
}

/** Whether nothing of it is under way, before and now: it may wait for approvals, or for Graph. */
function isWaitingStill(plan: Plan, current: Plan): boolean {
  const bothWait = [plan, current].every((each) => each.state.kind === "waiting" || isPutOff(each));
  return bothWait && plan.revision === current.revision;
}

/** Another decision was first: says whose, from the plan as it is now. */
function lostTheRace(ports: Pick<Ports, "clock">, plan: Plan, current: Plan | undefined): Refusal {
  if (current === undefined) return refuse({ code: "unknown-plan", planNumber: plan.number });
  const closed = refuseClosed(current, ports.clock.now());
  return closed ?? refuse({ code: "stale-revision", planNumber: plan.number, revision: current.revision });
}
