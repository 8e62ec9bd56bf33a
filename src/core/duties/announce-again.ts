import type { Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory } from "../scan/inventory.js";
import type { Scan } from "../scan/scan.js";

/** So long after a plan or a drift ended its card may show the state before, because nobody was left to draw it: milliseconds. */
const ENDED_WITHIN = 3_600_000;
/** Of so many plans, the newest. */
const LATEST = 50;

/**
 * Shows once more what may not have been shown before the last stop: the plans that are open or ended lately, the
 * last drift if that is so, and the end of the latest scan. A card that is there already is drawn once more.
 */
export async function announceAgain(
  ports: Pick<Ports, "plans" | "scans" | "watch" | "announcer" | "clock">,
  rules: Pick<Rules, "tenantId">,
): Promise<void> {
  const since = new Date(ports.clock.now().getTime() - ENDED_WITHIN).toISOString();
  const open = await ports.plans.open(rules.tenantId);
  const ended = await endedLately(ports, rules, since);
  for (const plan of [...open, ...ended]) await ports.announcer.planChanged(plan);
  const drift = await ports.watch.lastDrift(rules.tenantId);
  if (drift !== undefined && (drift.state.kind === "open" || drift.state.at > since)) {
    await ports.announcer.driftChanged(drift);
  }
  const inventory = await ports.scans.latest(rules.tenantId);
  if (inventory === undefined) return;
  await ports.announcer.scanChanged({ kind: "finished", scan: asItEnded(inventory, rules), inventory });
}

/** A plan that is being applied may be among them: drawn twice, it looks the same. */
async function endedLately(
  { plans }: Pick<Ports, "plans">,
  { tenantId }: Pick<Rules, "tenantId">,
  since: string,
): Promise<readonly Plan[]> {
  const latest = await plans.latest(tenantId, LATEST);
  const lately = latest.filter(({ state }) => "at" in state && state.at > since);
  const found = await Promise.all(lately.map(({ number }) => plans.find(tenantId, number)));
  return found.filter((plan) => plan !== undefined);
}

/** What is left of a scan that has finished. */
function asItEnded(inventory: Inventory, { tenantId }: Pick<Rules, "tenantId">): Scan {
  const { scanId, kind, startedAt, fullSince, path, methods, recentIncluded, askers = [] } = inventory;
  return {
    tenantId,
    scanId,
    kind,
    startedAt,
    fullSince,
    changesSince: inventory.changesSince ?? startedAt,
    askers,
    path,
    listing: { step: "done" },
    methods,
    recentIncluded,
    interruptions: 0,
  };
}
