import { Fault } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { Plan, PlanNote } from "../plan/plan.js";
import { remake } from "../plan/revise-plan.js";
import { store } from "../plan/store-change.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import type { Ports, Rules } from "../ports.js";
import { reopenAfterAttempt } from "./finish.js";

/**
 * The policy moved since the plan was made, or a plan that narrows has a newer scan to rest on: nothing is written.
 * The same intent on what there is today is a new revision, which has to be approved anew; if there is nothing left
 * to do, the plan ends.
 * @param policy the policy as Graph sent it just now
 */
export async function planAgain(ports: Ports, rules: Rules, plan: Plan, policy: JsonObject): Promise<Plan> {
  try {
    const at = ports.clock.now().toISOString();
    const approver = "by" in plan.state ? plan.state.by : plan.requester;
    const inventory = await ports.scans.latest(rules.tenantId);
    if (inventory === undefined) throw new Fault("store-unavailable", "The last scan is not in the store.");
    const hasMoved = policyFingerprint(policy) !== policyFingerprint(plan.proposal.before);
    const note: PlanNote = hasMoved ? { kind: "policy-moved", at, approver } : { kind: "scanned-anew", at };
    return await store(ports, plan, await remake(ports, rules, plan, { policy, inventory, note }));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return reopenAfterAttempt(ports, plan, {
      fault: error.code,
      why: error.message,
      ...(error.requestId ? { requestId: error.requestId } : {}),
    });
  }
}
