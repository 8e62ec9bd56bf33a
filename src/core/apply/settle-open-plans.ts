import { expirePlan } from "../approval/close-plan.js";
import { Fault } from "../errors.js";
import { type Plan, writeOf } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import { finishUnknown, reopenRevised } from "./finish.js";
import { mayStillArrive } from "./in-flight.js";
import { settleByReading } from "./settle.js";

/** Longer than any apply takes, in milliseconds: one that is older has lost the process that ran it. */
const ABANDONED = 180_000;

type When = "at-start" | "regularly";

/** Settles what is open, by reading only: ends plans whose time is up, finds out about writes with no answer. */
export async function settleOpenPlans(ports: Ports, rules: Rules): Promise<void> {
  await settleEach(ports, await ports.plans.open(rules.tenantId), "regularly");
}

/**
 * The same for plans found open at start, before the first click can come: what is applying among them was
 * interrupted, because no other process serves this store.
 */
export function settleInterrupted(ports: Ports, found: readonly Plan[]): Promise<void> {
  return settleEach(ports, found, "at-start");
}

async function settleEach(ports: Ports, plans: readonly Plan[], when: When): Promise<void> {
  for (const plan of plans) {
    try {
      await settleOpenPlan(ports, plan, when);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      ports.log.warn("plan-not-settled", { plan: plan.number, code: error.code, requestId: error.requestId });
    }
  }
}

/** The same for one plan, e.g. when somebody looks at it. @returns the plan as it stands now */
export async function settleOpenPlan(ports: Ports, plan: Plan, when: When): Promise<Plan> {
  const now = ports.clock.now();
  if (plan.state.kind === "waiting") {
    return now.toISOString() >= plan.expiresAt ? expirePlan(ports, plan) : plan;
  }
  if (plan.state.kind !== "applying" && plan.state.kind !== "unknown") return plan;
  if (plan.state.kind === "applying" && when === "regularly" && !isAbandoned(plan, now)) return plan;

  const settled = await settleByReading(ports, plan);
  if (settled.kind === "in-force") return settled.plan;
  if (settled.seen === "before" && !mayStillArrive(plan, now)) {
    return reopenRevised(ports, plan, "not-written-after-all");
  }
  if (plan.state.kind === "unknown" && plan.state.seen === settled.seen) return plan;
  return finishUnknown(ports, plan, settled.seen, undefined);
}

function isAbandoned(plan: Plan, now: Date): boolean {
  return now.getTime() - Date.parse(writeOf(plan).at) >= ABANDONED;
}
