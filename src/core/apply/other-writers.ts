import { withinBy } from "../../async/within.js";
import { type Plan, writeApprovedAt, writeOf } from "../plan/plan.js";
import type { OtherWriter } from "../policy/other-writer.js";
import type { Ports } from "../ports.js";

/** How long a plan whose outcome is not known waits for the audit log: its answer informs, it never blocks. */
const AUDIT_LOG_WITHIN_MS = 1_000;
/** Graph's clock and ours may differ by a little; an entry by the approver this long before our write is ours. */
const GRAPH_CLOCK_DIFFERS_MS = 5_000;

/** The same as {@link readOthers} for one who waits; empty when it cannot be read in time. */
export async function otherWriters(
  ports: Pick<Ports, "tenant" | "clock" | "log">,
  plan: Plan,
): Promise<readonly OtherWriter[]> {
  return (await withinBy(ports.clock, readOthers(ports, plan), AUDIT_LOG_WITHIN_MS)) ?? [];
}

/** Whether the directory audit log has a write by the plan's approver since the approval. @throws Fault */
export async function approverWrote(ports: Pick<Ports, "tenant">, plan: Plan): Promise<boolean> {
  const writers = await ports.tenant.policyWritersSince(earliestWrite(plan));
  return writers.some((writer) => writer.id === writeOf(plan).by.id);
}

/** Who else wrote the policy since the plan was made, by the directory audit log; empty when it cannot be read. */
export async function readOthers(
  ports: Pick<Ports, "tenant" | "log">,
  plan: Plan,
): Promise<readonly OtherWriter[]> {
  try {
    const approver = writeOf(plan).by.id;
    const ours = earliestWrite(plan);
    const writers = await ports.tenant.policyWritersSince(plan.createdAt);
    return writers
      .filter((writer) => !(writer.id === approver && writer.at >= ours))
      .map(({ name, at, isUnread }) => ({ name, at, ...(isUnread === undefined ? {} : { isUnread }) }));
  } catch (error) {
    // A mistake of this program, too, must not hold up the outcome: this reading only informs.
    ports.log.warn("other-writers-not-read", { plan: plan.number, error });
    return [];
  }
}

function earliestWrite(plan: Plan): string {
  return new Date(Date.parse(writeApprovedAt(plan)) - GRAPH_CLOCK_DIFFERS_MS).toISOString();
}
