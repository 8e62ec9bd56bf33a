import { diffPolicies } from "../policy/diff-policies.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import type { Baseline } from "./baseline.js";

/** Between two readings. */
export const PAUSE_MS = 3_000;
const READINGS_AT_MOST = 8;
/** For so long after a write of this bot Graph may still show here and there what was before it. */
const SHOWN_EVERYWHERE_AFTER_MS = 20_000;

/**
 * Reads until two readings in a row show the same policy: Graph takes a moment to show everywhere what was written.
 * What this bot's last write replaced is believed only when enough time has passed since.
 * @param first the policy as it was read just now
 * @returns undefined when it kept changing @throws Fault
 */
export async function readSteady(
  ports: Pick<Ports, "tenant" | "clock" | "plans">,
  first: Policy,
  baseline: Baseline,
): Promise<Policy | undefined> {
  const replaced = await replacedLately(ports, baseline);
  const shownEverywhereAt = Date.parse(baseline.at) + SHOWN_EVERYWHERE_AFTER_MS;
  let last = first;
  for (let readings = 0; readings < READINGS_AT_MOST; readings += 1) {
    await ports.clock.sleep(PAUSE_MS);
    const next = parsePolicy(await ports.tenant.readPolicy());
    const isStale =
      replaced !== undefined && isSame(replaced, next) && ports.clock.now().getTime() < shownEverywhereAt;
    if (!isStale && isSame(last, next)) return next;
    last = next;
  }
  return undefined;
}

/** The policy that the plan behind the baseline was made from, when it was applied a moment ago. */
async function replacedLately(
  { clock, plans }: Pick<Ports, "clock" | "plans">,
  { tenantId, source, at }: Baseline,
): Promise<Policy | undefined> {
  if (source.kind !== "applied" || clock.now().getTime() >= Date.parse(at) + SHOWN_EVERYWHERE_AFTER_MS)
    return undefined;
  const plan = await plans.find(tenantId, source.planNumber);
  return plan && parsePolicy(plan.proposal.before);
}

/** Whether the two mean the same: spelling of GUIDs, order, doubled entries and the mirrored pair do not count. */
export function isSame(a: Policy, b: Policy): boolean {
  return diffPolicies(a, b).length === 0;
}
