import { parsePolicy } from "../policy/parse-policy.js";
import type { Ports, Rules } from "../ports.js";
import { dayOf } from "../report/adoption/course.js";
import { measureAdoption } from "../report/adoption/measure-adoption.js";
import { findScan } from "../report/find-scan.js";

const DAY_MS = 24 * 60 * 60_000;
/** A year, and a month to compare its end with. */
const KEPT_DAYS = 400;

/**
 * Keeps once a day how far the rollout is, by the newest scan. It does so in whichever process looks after the plans; of
 * two processes that do so at once, the store takes one sample.
 * @returns what is to be called every now and then, and throws a Fault where it has to be tried again; a day without a
 *   new scan has no sample, since it would say nothing new
 */
export function sampleAdoption(ports: Ports, rules: Pick<Rules, "tenantId">): () => Promise<void> {
  /** Of which day and scan it is known that nothing is left to do. */
  let done: { readonly day: string; readonly scanId: string } | undefined;
  return async () => {
    if (!(await ports.replicas.claim("plans"))) return;
    const now = ports.clock.now();
    const day = dayOf(now);
    const inventory = await findScan(ports, rules);
    if (inventory === undefined || (done?.day === day && done.scanId === inventory.scanId)) return;
    const { scanId } = inventory;
    const { tenantId } = rules;
    const forgetBefore = dayOf(new Date(now.getTime() - KEPT_DAYS * DAY_MS));
    const last = (await ports.adoption.since(tenantId, forgetBefore)).at(-1);
    if (last === undefined || (last.day !== day && last.scanId !== scanId)) {
      const policy = parsePolicy(await ports.tenant.readPolicy());
      const { of, whole, byGroup } = await measureAdoption(ports, rules, { policy, inventory });
      const groups = Object.fromEntries(byGroup);
      const sample = { tenantId, day, scanId, scannedAt: inventory.startedAt, of, whole, byGroup: groups };
      await ports.adoption.add(sample, forgetBefore);
      ports.log.info("adoption-sampled", { day, withPasskey: whole.withPasskey, people: whole.people });
    }
    done = { day, scanId };
  };
}
