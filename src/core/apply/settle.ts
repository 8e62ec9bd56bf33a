import { Fault } from "../errors.js";
import { type Plan, writeApprovedAt } from "../plan/plan.js";
import type { Ports, WriteResult } from "../ports.js";
import { finishApplied, finishUnknown, reopenRevised } from "./finish.js";
import { approverWrote, otherWriters } from "./other-writers.js";
import { look, type NotWanted } from "./read-back.js";

/** Pauses before each look, in milliseconds: a write may take seconds to be visible. About eight seconds in all. */
const LOOKS: readonly number[] = [0, 250, 500, 1_000, 2_000, 4_000];

/** Milliseconds after the approval in which the wanted policy is taken for our own doing. */
const OBVIOUSLY_OURS = 600_000;

/** Looks until the wanted policy is there or the looks are used up, and finishes the plan with what was seen. */
export async function readUntilSettled(
  ports: Ports,
  plan: Plan,
  result: Exclude<WriteResult, { kind: "declined" }>,
): Promise<Plan> {
  const writers = otherWriters(ports, plan);
  let last: NotWanted = { kind: "nothing" };
  for (const pause of LOOKS) {
    if (pause > 0) await ports.clock.sleep(pause);
    const seen = await look(ports, plan);
    if (seen.kind === "wanted")
      return finishApplied(ports, plan, {
        requestId: result.requestId,
        writers: await writers,
        policy: seen.policy,
      });
    last = seen;
  }
  if (last.kind === "before" && result.kind === "accepted")
    return reopenRevised(ports, plan, "no-effect", result.requestId);
  return finishUnknown(ports, plan, last, result.requestId);
}

/** What one look came to: the plan as it is applied, or what was seen instead. */
export type Settled =
  | { readonly kind: "in-force"; readonly plan: Plan }
  | { readonly kind: "not-settled"; readonly seen: NotWanted };

/** One look: finishes the plan if what it wanted is in force. */
export async function settleByReading(ports: Ports, plan: Plan): Promise<Settled> {
  const seen = await look(ports, plan);
  if (seen.kind !== "wanted") return { kind: "not-settled", seen };
  if (!(await isOurs(ports, plan))) return { kind: "not-settled", seen: { ...seen, kind: "something-else" } };
  const writers = await otherWriters(ports, plan);
  const found = { requestId: undefined, writers, policy: seen.policy };
  return { kind: "in-force", plan: await finishApplied(ports, plan, found) };
}

/** Long after the approval somebody else may have made the same policy by hand: then the audit log has to name us. */
async function isOurs(ports: Ports, plan: Plan): Promise<boolean> {
  const age = ports.clock.now().getTime() - Date.parse(writeApprovedAt(plan));
  if (age < OBVIOUSLY_OURS) return true;
  try {
    return await approverWrote(ports, plan);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // A log that cannot be read may never be readable: nobody could end the plan if it were waited for.
    ports.log.warn("approver-not-looked-up", { plan: plan.number, code: error.code });
    return false;
  }
}
