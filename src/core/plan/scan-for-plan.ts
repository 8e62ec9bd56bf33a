import { type Refusal, refuse } from "../errors.js";
import type { Ports, Rules } from "../ports.js";
import { type Click, findDecidable, refuseScan } from "./open-plan.js";

/**
 * A person pressed "Scan now" on a plan whose scan is incomplete or too old: when the scan has ended, the plan is
 * made anew on it. Pressed twice, or by two people, it is one scan and one new revision.
 */
export async function scanForPlan(
  ports: Ports,
  rules: Rules,
  click: Click,
): Promise<Refusal | { readonly kind: "scan-started" }> {
  const { planNumber, person, conversation } = click;
  const plan = await findDecidable(ports, rules, click);
  if ("kind" in plan) return plan;
  // Pressed on an older card: the plan has its scan by now.
  if (!refuseScan(plan, rules, ports.clock.now())) {
    return refuse({ code: "stale-revision", planNumber, revision: plan.revision });
  }
  const { tenantId } = rules;
  await ports.deferred.add({
    // One name for one plan: the second person to press waits for the same.
    id: `plan-${tenantId}-${planNumber}`,
    kind: "revise",
    tenantId,
    person,
    conversation,
    askedAt: ports.clock.now().toISOString(),
    planNumber,
  });
  await ports.scanner.ask({ person, conversation, shows: "when-slow" });
  return { kind: "scan-started" };
}
