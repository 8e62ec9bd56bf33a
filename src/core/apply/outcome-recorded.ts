import { Fault, type Refusal, refuse } from "../errors.js";
import type { Decided } from "../plan/close-plan.js";
import { type Plan, writeOf } from "../plan/plan.js";
import type { Ports } from "../ports.js";
import { orFault } from "./or-fault.js";

/**
 * Records what became of a write. A store that fails then takes nothing back: the log has the ids, and the plan is
 * settled by reading.
 */
export async function outcomeRecorded<Outcome>(
  ports: Ports,
  plan: Plan,
  result: object,
  record: () => Promise<Outcome>,
): Promise<Outcome | Refusal | Decided> {
  try {
    return await record();
  } catch (error) {
    if (!(error instanceof Fault) || !error.code.startsWith("store-")) throw error;
    const { clientRequestId } = writeOf(plan);
    ports.log.error("outcome-not-recorded", { plan: plan.number, clientRequestId, ...result, error });
    // A plan that was edited meanwhile is not shown as the outcome.
    const stored = error.code === "store-unavailable" ? await asStored(ports, plan) : undefined;
    return stored ?? refuse({ code: "outcome-not-recorded", planNumber: plan.number });
  }
}

/** A store that fails may have kept the outcome all the same: then it is shown. */
async function asStored(ports: Ports, plan: Plan): Promise<Decided | undefined> {
  const stored = await orFault(ports.plans.find(plan.tenantId, plan.number));
  if (stored === undefined || stored instanceof Fault || stored.state.kind === "applying") return undefined;
  await ports.announcer.planChanged(stored);
  return { kind: "decided", plan: stored };
}
