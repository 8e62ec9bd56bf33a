import type { Ports, Rules } from "../ports.js";
import { asItEnded } from "../scan/as-it-ended.js";

/** So long it is remembered where the card of something that is over stands. */
const CARDS_KEPT_MS = 30 * 24 * 60 * 60_000;

/** Notices of models that are shown again, the newest: a room is not flooded. */
const NOTICES_SHOWN = 5;

/**
 * Shows what may not have been shown before the last stop: the plans and the drift that are open, how the latest scan
 * ended, and every card that does not show the newest state. A card that does is left alone.
 */
export async function announceAgain(
  ports: Pick<Ports, "plans" | "scans" | "watch" | "modelNotices" | "announcer" | "clock">,
  { tenantId }: Pick<Rules, "tenantId">,
): Promise<void> {
  const { announcer, clock, modelNotices, plans, scans, watch } = ports;
  const remembered = new Date(clock.now().getTime() - CARDS_KEPT_MS).toISOString();
  for (const plan of await plans.open(tenantId)) await announcer.planChanged(plan);
  const drift = await watch.openDrift(tenantId);
  if (drift !== undefined) await announcer.driftChanged(drift);
  const inventory = await scans.latest(tenantId);
  // Of an older one it is not known any more whether its end was shown.
  if (inventory !== undefined && inventory.finishedAt > remembered) {
    await announcer.scanChanged({ kind: "finished", scan: asItEnded(inventory, { tenantId }), inventory });
  }
  // Of those that stand already nothing is posted; where there was no approval room, there may be one by now.
  for (const notice of await modelNotices.open(tenantId, NOTICES_SHOWN)) {
    if (notice.foundAt > remembered) await announcer.modelsNoticed(notice);
  }
  await announcer.catchUp(tenantId, remembered);
}
