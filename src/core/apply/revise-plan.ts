import { move } from "../approval/transition.js";
import { proposalDetail } from "../audit/plan-detail.js";
import { Fault } from "../errors.js";
import { scanTenant } from "../inventory/scan-tenant.js";
import type { JsonObject } from "../json.js";
import { makeProposal } from "../plan/make-proposal.js";
import type { Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import { reopenAfterAttempt, store } from "./finish.js";

/**
 * The policy moved since the plan was made: nothing is written. The same intent on today's policy is a new
 * revision, which has to be approved anew; if there is nothing left to do, the plan ends.
 * @param policy the policy as Graph sent it just now
 */
export async function revisePlan(ports: Ports, rules: Rules, plan: Plan, policy: JsonObject): Promise<Plan> {
  try {
    const inventory = (await ports.inventories.latest(plan.tenantId)) ?? (await scanTenant(ports, rules));
    const proposal = await makeProposal(ports, rules, { intent: plan.intent, policy, inventory });
    if ("kind" in proposal) return supersede(ports, plan, proposal.code);
    const at = ports.clock.now().toISOString();
    const approver = "by" in plan.state ? plan.state.by : plan.requester;
    const note = { kind: "policy-moved", at, approver } as const;
    const next = {
      ...move(plan, { kind: "waiting" }, { approvals: [], note }),
      revision: plan.revision + 1,
      proposal,
    };
    return store(ports, plan, next, "plan-revised", { revision: next.revision, ...proposalDetail(proposal) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return reopenAfterAttempt(ports, plan, {
      fault: error.code,
      why: error.message,
      ...(error.requestId ? { requestId: error.requestId } : {}),
    });
  }
}

function supersede(ports: Ports, plan: Plan, refusal: string): Promise<Plan> {
  const at = ports.clock.now().toISOString();
  const why = refusal === "nothing-to-change" ? "already-in-force" : "no-longer-possible";
  return store(ports, plan, move(plan, { kind: "superseded", at, why }), "plan-superseded", { why, refusal });
}
