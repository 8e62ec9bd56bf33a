import { diffPolicies } from "../policy/diff-policies.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import type { Baseline } from "./baseline.js";

/** Between two looks, in milliseconds. */
const PAUSE = 3_000;
const LOOKS = 8;
/** For so long after our own write, in milliseconds, Graph may still show here and there what was before it. */
const SETTLES_WITHIN = 20_000;

/**
 * Looks until two looks in a row show the same policy: Graph takes a moment to show everywhere what was written.
 * What our own last write replaced is believed only when enough time has passed since.
 * @param first the policy as it was read just now
 * @returns undefined when it kept changing @throws Fault
 */
export async function readSteady(
  ports: Pick<Ports, "tenant" | "clock" | "plans">,
  first: Policy,
  baseline: Baseline,
): Promise<Policy | undefined> {
  const replaced = await replacedLately(ports, baseline);
  const settledAt = Date.parse(baseline.at) + SETTLES_WITHIN;
  let last = first;
  for (let looks = 0; looks < LOOKS; looks += 1) {
    await ports.clock.sleep(PAUSE);
    const next = parsePolicy(await ports.tenant.readPolicy());
    const isStale =
      replaced !== undefined && isSame(replaced, next) && ports.clock.now().getTime() < settledAt;
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
  if (source.kind !== "applied" || clock.now().getTime() >= Date.parse(at) + SETTLES_WITHIN) return undefined;
  const plan = await plans.find(tenantId, source.planNumber);
  return plan && parsePolicy(plan.proposal.before);
}

/** Whether the two mean the same: spelling of GUIDs, order, doubled entries and the mirrored pair do not count. */
export function isSame(a: Policy, b: Policy): boolean {
  return diffPolicies(a, b).length === 0;
}
