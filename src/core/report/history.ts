import type { ChainHead } from "../audit/chain.js";
import type { PlanSummary } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";

/** The last plans, and the end of the record at that moment. */
export interface History {
  /** Newest first. */
  readonly plans: readonly PlanSummary[];
  readonly head: ChainHead;
}

/** What became of the last plans, as many as asked for or as there are. */
export async function history(
  ports: Pick<Ports, "plans" | "audit">,
  { tenantId }: Pick<Rules, "tenantId">,
  limit: number,
): Promise<History> {
  const plans = await ports.plans.latest(tenantId, limit);
  return { plans, head: await ports.audit.head(tenantId) };
}
