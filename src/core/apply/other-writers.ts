import { Fault } from "../errors.js";
import type { OtherWriter, Plan } from "../plan/plan.js";
import type { Ports } from "../ports.js";

/** How long the outcome waits for this look, in milliseconds: it informs, it never blocks. */
const PATIENCE = 1_000;
/** Graph's clock and ours may differ by a little; an entry by the approver this long before our write is ours. */
const CLOCK_SKEW = 5_000;

/** Who else wrote the policy since the plan was made, by the directory audit log; nobody when it cannot be read in time. */
export async function otherWriters(
  ports: Pick<Ports, "tenant" | "clock" | "log">,
  plan: Plan,
): Promise<readonly OtherWriter[]> {
  return Promise.race([readOthers(ports, plan), ports.clock.sleep(PATIENCE).then(() => [])]);
}

async function readOthers(ports: Pick<Ports, "tenant" | "log">, plan: Plan): Promise<readonly OtherWriter[]> {
  try {
    const state = plan.state;
    const approver = "by" in state ? state : undefined;
    const ours = approver ? new Date(Date.parse(approver.at) - CLOCK_SKEW).toISOString() : plan.createdAt;
    const writers = await ports.tenant.policyWritersSince(plan.createdAt);
    return writers
      .filter((writer) => !(writer.id !== undefined && writer.id === approver?.by.id && writer.at >= ours))
      .map(({ name, at }) => ({ name, at }));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("other-writers-not-read", { plan: plan.number, code: error.code });
    return [];
  }
}
