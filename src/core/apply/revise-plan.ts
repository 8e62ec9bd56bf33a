import { refuseClosed } from "../approval/check-click.js";
import { move } from "../approval/transition.js";
import { proposalDetail } from "../audit/plan-detail.js";
import { Fault } from "../errors.js";
import type { Inventory } from "../inventory/inventory.js";
import type { JsonObject } from "../json.js";
import { makeProposal } from "../plan/make-proposal.js";
import type { Plan, PlanNote } from "../plan/plan.js";
import { latestInventory, peopleOf } from "../plan/use-inventory.js";
import type { Ports, Rules } from "../ports.js";
import { reopenAfterAttempt, store } from "./finish.js";

/**
 * The policy moved since the plan was made: nothing is written. The same intent on today's policy is a new
 * revision, which has to be approved anew; if there is nothing left to do, the plan ends.
 * @param policy the policy as Graph sent it just now
 */
export async function revisePlan(ports: Ports, rules: Rules, plan: Plan, policy: JsonObject): Promise<Plan> {
  try {
    const at = ports.clock.now().toISOString();
    const approver = "by" in plan.state ? plan.state.by : plan.requester;
    const inventory = await latestInventory(ports, rules);
    if (inventory === undefined) throw new Fault("store-unavailable", "The last scan is not in the store.");
    return await remake(ports, rules, plan, {
      policy,
      inventory,
      note: { kind: "policy-moved", at, approver },
    });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return reopenAfterAttempt(ports, plan, {
      fault: error.code,
      why: error.message,
      ...(error.requestId ? { requestId: error.requestId } : {}),
    });
  }
}

/**
 * A scan was asked for on a waiting plan, and has ended: the same intent on the new scan, and on the policy as it is
 * now, is a new revision. A plan that was decided meanwhile stays as it is.
 * @throws Fault when the policy cannot be read
 */
export async function reviseOnScan(
  ports: Ports,
  rules: Rules,
  planNumber: number,
  inventory: Inventory,
): Promise<Plan | undefined> {
  const plan = await ports.plans.find(rules.tenantId, planNumber);
  if (plan === undefined || refuseClosed(plan, ports.clock.now())) return plan;
  const policy = await ports.tenant.readPolicy();
  const note = { kind: "scanned-anew", at: ports.clock.now().toISOString() } as const;
  return remake(ports, rules, plan, { policy, inventory, note });
}

interface Remaking {
  readonly policy: JsonObject;
  readonly inventory: Inventory;
  readonly note: PlanNote;
}

async function remake(
  ports: Ports,
  rules: Rules,
  plan: Plan,
  { policy, inventory, note }: Remaking,
): Promise<Plan> {
  const people = peopleOf(ports, rules, inventory);
  const proposal = await makeProposal(ports, rules, { intent: plan.intent, policy, inventory, people });
  if ("kind" in proposal) return supersede(ports, plan, proposal.code);
  const next = {
    ...move(plan, { kind: "waiting" }, { approvals: [], note }),
    revision: plan.revision + 1,
    proposal,
  };
  return store(ports, plan, next, "plan-revised", { revision: next.revision, ...proposalDetail(proposal) });
}

function supersede(ports: Ports, plan: Plan, refusal: string): Promise<Plan> {
  const at = ports.clock.now().toISOString();
  const why = refusal === "nothing-to-change" ? "already-in-force" : "no-longer-possible";
  return store(ports, plan, move(plan, { kind: "superseded", at, why }), "plan-superseded", { why, refusal });
}
