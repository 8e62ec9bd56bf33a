import { validApprovals } from "../approval/approval-rules.js";
import type { Plan } from "../plan/plan.js";
import type { Ports, Rules } from "../ports.js";

const WARNED_BEFORE_MS = 10 * 60_000;
/** Of plans that live for so long only: a shorter one would be warned of when it has hardly been seen. */
const LIVES_AT_LEAST_MS = 2 * WARNED_BEFORE_MS;

/**
 * Tells the requester once, ten minutes before a plan's time is up, that it lacks approvals. Over restarts and
 * processes rather not at all than twice.
 * @returns what is to be called every now and then, by whichever process looks after the plans
 */
export function warnBeforeExpiry(ports: Ports, { tenantId }: Pick<Rules, "tenantId">): () => Promise<void> {
  const warned = new Set<string>();
  const warn = async (plan: Plan): Promise<void> => {
    const key = `expires ${tenantId} ${plan.number} ${plan.expiresAt}`;
    if (warned.has(key)) return;
    const { clock, replicas, takenMessages, announcer } = ports;
    const takenAt = clock.now().toISOString();
    const taken = await takenMessages.take({ key, tenantId, taker: replicas.self, takenAt });
    warned.add(key);
    if (taken.kind === "ours") await announcer.planRunsOut(plan);
  };
  return async () => {
    const now = ports.clock.now().getTime();
    const soon = new Date(now + WARNED_BEFORE_MS).toISOString();
    const due = await ports.plans.due(tenantId, soon);
    for (const number of due.filter((number) => !ports.alteredPlans.has(number))) {
      try {
        const plan = await ports.plans.find(tenantId, number);
        if (plan !== undefined && runsOut(plan, now)) await warn(plan);
      } catch (error) {
        // Any error: the other plans do not wait for this one.
        ports.log.warn("expiry-not-announced", { plan: number, error });
      }
    }
  };
}

function runsOut(plan: Plan, now: number): boolean {
  const expires = Date.parse(plan.expiresAt);
  return (
    plan.state.kind === "waiting" &&
    expires > now &&
    expires - Date.parse(plan.createdAt) >= LIVES_AT_LEAST_MS &&
    validApprovals(plan).length < plan.approvalsRequired
  );
}
