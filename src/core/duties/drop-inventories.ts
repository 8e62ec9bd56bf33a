import type { Ports, Rules } from "../ports.js";

const DAY_MS = 24 * 60 * 60_000;

/**
 * Removes what scans found once it is older than `retentionDays`, in whichever process looks after the plans. While a plan
 * is open nothing goes, since it may rest on a scan. What comes after it scans anew.
 * @returns what is to be called every now and then
 */
export function dropInventories(
  ports: Ports,
  { tenantId }: Pick<Rules, "tenantId">,
  retentionDays: number,
): () => Promise<void> {
  return async () => {
    if (!(await ports.replicas.claim("plans"))) return;
    if ((await ports.plans.open(tenantId)).length > 0) return;
    // It may take people over from the one before it.
    if ((await ports.scans.running(tenantId)) !== undefined) return;
    const before = new Date(ports.clock.now().getTime() - retentionDays * DAY_MS).toISOString();
    const count = await ports.scans.dropFinishedBefore(tenantId, before);
    if (count > 0) ports.log.info("inventories-dropped", { count, retentionDays });
  };
}
