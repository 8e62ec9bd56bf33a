import type { Ports, Rules } from "../ports.js";

/** Tells the metrics how the tenant stands, by what is stored. @throws Fault */
export async function tellFigures(
  { metrics, plans, watch, audit }: Pick<Ports, "metrics" | "plans" | "watch" | "audit">,
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<void> {
  const openPlans = await plans.countOpen(tenantId);
  const hasOpenDrift = (await watch.openDrift(tenantId)) !== undefined;
  const { sequence } = await audit.head(tenantId);
  metrics.tenantFigures({ openPlans, hasOpenDrift, records: sequence });
}
