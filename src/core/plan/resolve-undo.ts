import { type Refusal, refuse } from "../errors.js";
import type { RevertIntent, UndoneIntent } from "../policy/intent.js";
import type { Ports, Rules } from "../ports.js";
import type { Plan } from "./plan.js";
import { refuseAltered } from "./recorded/refuse-altered.js";

/**
 * What undoing a plan wants of the policy: what that plan recorded as after, back to what it recorded as before.
 * Refuses a plan that is not known to be in force, or not in the store as it was recorded.
 * @throws Fault
 */
export async function resolveUndo(
  ports: Pick<Ports, "plans" | "log" | "metrics" | "attention" | "alteredPlans">,
  { tenantId }: Pick<Rules, "tenantId">,
  planNumber: number,
): Promise<RevertIntent | Refusal> {
  const plan = await ports.plans.find(tenantId, planNumber);
  if (plan === undefined) return refuse({ code: "unknown-plan", planNumber });
  const { kind: state } = plan.state;
  if (state !== "applied") return refuse({ code: "not-applied", planNumber, state });
  // What was written then is believed as little as what is about to be: the new plan would make an edit of it true.
  const why = await ports.plans.whyAltered(tenantId, planNumber, plan);
  if (why !== undefined) return refuseAltered(ports, plan, why);
  const { before, after } = plan.proposal;
  return { kind: "revert", from: after, to: before, of: { kind: "plan", planNumber, undone: undone(plan) } };
}

function undone({ intent }: Plan): UndoneIntent {
  return intent.kind === "revert" ? { kind: "revert", of: intent.of } : intent;
}
