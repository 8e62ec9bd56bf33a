import { expirePlan } from "../approval/close-plan.js";
import { Fault } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import { finishUnknown, reopenRevised } from "./finish.js";
import { settleByReading } from "./settle.js";

/** A write that was on its way this long ago, in milliseconds, has arrived or never will. */
const IN_FLIGHT = 30_000;
/** Longer than any apply takes: one that is older has lost the process that ran it. */
const ABANDONED = 180_000;

/**
 * Settles what is open, by reading only: ends plans whose time is up, finds out about writes with no answer.
 * @param when `at-start`: whatever is applying was interrupted, because no other process serves this store
 */
export async function settleOpenPlans(
  ports: Ports,
  rules: Rules,
  when: "at-start" | "regularly",
): Promise<void> {
  for (const plan of await ports.plans.open(rules.tenantId)) {
    try {
      await settleOpenPlan(ports, plan, when);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      ports.log.warn("plan-not-settled", { plan: plan.number, code: error.code, requestId: error.requestId });
    }
  }
}

/** The same for one plan, e.g. when somebody looks at it. @returns the plan as it stands now */
export async function settleOpenPlan(
  ports: Ports,
  plan: Plan,
  when: "at-start" | "regularly",
): Promise<Plan> {
  const now = ports.clock.now();
  if (plan.state.kind === "waiting")
    return now.toISOString() >= plan.expiresAt ? expirePlan(ports, plan) : plan;
  if (plan.state.kind !== "applying" && plan.state.kind !== "unknown") return plan;
  const age = now.getTime() - Date.parse(plan.state.at);
  if (plan.state.kind === "applying" && when === "regularly" && age < ABANDONED) return plan;

  const settled = await settleByReading(ports, plan);
  if (settled.kind === "in-force") return settled.plan;
  if (settled.seen === "before" && age >= IN_FLIGHT)
    return reopenRevised(ports, plan, "not-written-after-all");
  if (plan.state.kind === "unknown" && plan.state.seen === settled.seen) return plan;
  return finishUnknown(ports, plan, settled.seen, undefined);
}
