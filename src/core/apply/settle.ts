import { Fault } from "../errors.js";
import { type Plan, writeApprovedAt } from "../plan/plan.js";
import type { WriteResult } from "../ports/acting.js";
import type { Ports } from "../ports.js";
import { finishApplied, finishUnknown, reopenRevised } from "./finish.js";
import { approverWrote } from "./other-writers.js";
import { type NotWanted, readBack } from "./read-back.js";

/** Pauses before each reading: a write may take seconds to be visible. About eight seconds in all. */
const READ_AFTER_MS: readonly number[] = [0, 250, 500, 1_000, 2_000, 4_000];

/** How long after the approval the wanted policy is taken for this plan's own doing. */
const OBVIOUSLY_OURS_MS = 600_000;

/** Reads until the wanted policy is there or the pauses are used up, and finishes the plan with what was seen. */
export async function readUntilSettled(
  ports: Ports,
  plan: Plan,
  result: Exclude<WriteResult, { kind: "declined" }>,
): Promise<Plan> {
  let last: NotWanted = { kind: "nothing" };
  for (const pause of READ_AFTER_MS) {
    if (pause > 0) await ports.clock.sleep(pause);
    const seen = await readBack(ports, plan);
    if (seen.kind === "wanted")
      return finishApplied(ports, plan, { requestId: result.requestId, policy: seen.policy });
    last = seen;
  }
  if (last.kind === "before" && result.kind === "accepted")
    return reopenRevised(ports, plan, "no-effect", result.requestId);
  return finishUnknown(ports, plan, last, result.requestId);
}

/** What one reading came to: the plan as it is applied, or what was seen instead. */
export type Settled =
  | { readonly kind: "in-force"; readonly plan: Plan }
  | { readonly kind: "not-settled"; readonly seen: NotWanted };

/** Reads once, and finishes the plan if what it wanted is in force. */
export async function settleByReading(ports: Ports, plan: Plan): Promise<Settled> {
  const seen = await readBack(ports, plan);
  if (seen.kind !== "wanted") return { kind: "not-settled", seen };
  if (!(await isOurs(ports, plan))) return { kind: "not-settled", seen: { ...seen, kind: "something-else" } };
  const found = { requestId: undefined, policy: seen.policy };
  return { kind: "in-force", plan: await finishApplied(ports, plan, found) };
}

/** Long after the approval another person may have made the same policy by hand: then the audit log has to name the approver. */
async function isOurs(ports: Ports, plan: Plan): Promise<boolean> {
  const age = ports.clock.now().getTime() - Date.parse(writeApprovedAt(plan));
  if (age < OBVIOUSLY_OURS_MS) return true;
  try {
    return await approverWrote(ports, plan);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // A log that cannot be read may never be readable: to wait for it would keep the plan open for ever.
    ports.log.warn("approver-not-looked-up", { plan: plan.number, code: error.code });
    return false;
  }
}
