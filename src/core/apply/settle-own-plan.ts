import { Fault } from "../errors.js";
import type { Plan } from "../plan/plan.js";
import type { Ports } from "../ports.js";
import { logNotSettled, settleOpenPlan } from "./settle-open-plans.js";

/** Between two attempts. */
const AGAIN_AFTER_MS = 5_000;

/**
 * Settles a plan that this process had in hand and could not store the outcome of, by reading, as soon as the store
 * lets it: the other processes leave the plan alone for as long as this one lives. Never throws.
 */
export async function settleOwnPlan(
  ports: Ports,
  { tenantId, number }: Pick<Plan, "tenantId" | "number">,
): Promise<void> {
  for (;;) {
    try {
      const plan = await ports.plans.find(tenantId, number);
      if (plan?.state.kind !== "applying") return;
      await settleOpenPlan(ports, plan);
      if (!ports.alteredPlans.has(number)) return;
    } catch (error) {
      logNotSettled(ports, { number }, error);
      if (!(error instanceof Fault)) return;
    }
    await ports.clock.sleep(AGAIN_AFTER_MS);
  }
}
