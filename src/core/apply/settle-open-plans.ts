import { expirePlan } from "../approval/close-plan.js";
import { mayStillArrive } from "../approval/in-flight.js";
import { Fault } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import { finishUnknown, reopenRevised } from "./finish.js";
import { settleByReading } from "./settle.js";

/**
 * Settles what is open, by reading only: ends plans whose time is up, and finds out about writes with no answer.
 * A plan that is applying although this process does not apply it was interrupted: one process serves a store.
 */
export async function settleOpenPlans(ports: Ports, rules: Rules): Promise<void> {
  for (const plan of await ports.plans.open(rules.tenantId)) {
    try {
      await settleOpenPlan(ports, plan);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      ports.log.warn("plan-not-settled", { plan: plan.number, code: error.code, requestId: error.requestId });
    }
  }
}

/** The same for one plan, e.g. when somebody looks at it. @returns the plan as it stands now */
export async function settleOpenPlan(ports: Ports, plan: Plan): Promise<Plan> {
  const now = ports.clock.now();
  if (plan.state.kind === "waiting") {
    return now.toISOString() >= plan.expiresAt ? expirePlan(ports, plan) : plan;
  }
  if (plan.state.kind !== "applying" && plan.state.kind !== "unknown") return plan;
  if (ports.inHand.has(plan.state.clientRequestId)) return plan;

  const settled = await settleByReading(ports, plan);
  if (settled.kind === "in-force") return settled.plan;
  if (settled.seen === "before" && !mayStillArrive(plan, now)) {
    return reopenRevised(ports, plan, "not-written-after-all");
  }
  if (plan.state.kind === "unknown" && plan.state.seen === settled.seen) return plan;
  return finishUnknown(ports, plan, settled.seen, undefined);
}
