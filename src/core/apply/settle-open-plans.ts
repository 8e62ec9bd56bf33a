import { Fault } from "../errors.js";
import type { TenantId } from "../person.js";
import { expirePlan } from "../plan/close-plan.js";
import { isPutOff, type Plan, writeOf } from "../plan/plan.js";
import { noteAltered } from "../plan/recorded/note-altered.js";
import type { Ports, Rules } from "../ports.js";
import { finishUnknown, reopenAfterAttempt, reopenRevised } from "./finish.js";
import { settleByReading } from "./settle.js";
import { mayStillArrive } from "./write-window.js";

/** Settles what is due, by reading only: ends plans whose time is up, and finds out about writes with no answer. */
export async function settleOpenPlans(ports: Ports, { tenantId }: Rules): Promise<void> {
  for (const number of await ports.plans.due(tenantId, ports.clock.now().toISOString())) {
    if (ports.alteredPlans.has(number)) continue;
    try {
      const plan = await ports.plans.find(tenantId, number);
      if (plan !== undefined) await settleOpenPlan(ports, plan);
    } catch (error) {
      // Any error: the other plans do not wait for this one.
      if (!(await isNotedAltered(ports, tenantId, number, error))) logNotSettled(ports, { number }, error);
    }
  }
}

/**
 * Whether it failed because the plan is not what was recorded, which is kept in mind from then on. An edited plan may
 * be beyond understanding, so any mistake is looked into; a fault of another kind says itself what it is.
 * @throws Fault
 */
async function isNotedAltered(
  ports: Ports,
  tenant: TenantId,
  number: number,
  error: unknown,
): Promise<boolean> {
  if (error instanceof Fault && error.code !== "store-altered") return false;
  const why = await ports.plans.whyAltered(tenant, number);
  if (why !== undefined) noteAltered(ports, number, why);
  return why !== undefined;
}

/** A fault passes, so it is a warning. Anything else is a mistake in this program, and an error. */
export function logNotSettled(
  { log }: Pick<Ports, "log">,
  { number }: Pick<Plan, "number">,
  error: unknown,
): void {
  if (error instanceof Fault) {
    log.warn("plan-not-settled", { plan: number, code: error.code, requestId: error.requestId });
  } else {
    log.error("plan-not-settled", { plan: number, error });
  }
}

/** The same for one plan, e.g. when a person asks to see it. @returns the plan as it stands now @throws Fault */
export async function settleOpenPlan(ports: Ports, plan: Plan): Promise<Plan> {
  // What is not as it was recorded stays as it is; whether it still is so, is looked at elsewhere.
  if (ports.alteredPlans.has(plan.number)) return plan;
  if (plan.state.kind === "waiting") {
    return ports.clock.now().toISOString() >= plan.expiresAt ? expirePlan(ports, plan) : plan;
  }
  if (plan.state.kind !== "applying" && plan.state.kind !== "unknown") return plan;
  if (await isInHand(ports, plan)) return plan;
  // Nothing was sent since Graph put it off: there is nothing to read, and nothing to wait for.
  if (isPutOff(plan)) return reopenAfterAttempt(ports, plan, INTERRUPTED);

  // Asked before the policy is read: what arrives in between is not missed.
  const canArrive = mayStillArrive(ports, plan);
  const settled = await settleByReading(ports, plan);
  if (settled.kind === "in-force") return settled.plan;
  if (settled.seen.kind === "before" && !canArrive) {
    return reopenRevised(ports, plan, "not-written-after-all");
  }
  return finishUnknown(ports, plan, settled.seen, undefined);
}

const INTERRUPTED = {
  fault: "wait-interrupted",
  why: "Graph had put the change off, and Latchkey was stopped before that time was over.",
} as const;

/** Whether a process that lives applies it at this moment, here or elsewhere: that one has a better answer soon. */
async function isInHand({ inHand, replicas }: Ports, plan: Plan): Promise<boolean> {
  const write = writeOf(plan);
  if (inHand.has(write.clientRequestId)) return true;
  if (write.kind !== "applying" || write.replica === replicas.self) return false;
  return !(await replicas.isGone(write.replica));
}
