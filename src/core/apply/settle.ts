import { Fault } from "../errors.js";
import type { JsonObject } from "../json.js";
import { type Plan, writeApprovedAt } from "../plan/plan.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { sameEffect } from "../policy/same-effect.js";
import type { Ports, WriteResult } from "../ports.js";
import { finishApplied, finishUnknown, reopenRevised } from "./finish.js";
import { approverWrote, otherWriters } from "./other-writers.js";

/** Pauses before each look, in milliseconds: a write may take seconds to be visible. About eight seconds in all. */
const LOOKS: readonly number[] = [0, 250, 500, 1_000, 2_000, 4_000];

/** Milliseconds after the approval in which the wanted policy is taken for our own doing. */
const OBVIOUSLY_OURS = 600_000;

type Seen = "wanted" | "before" | "something-else" | "nothing";

/** Looks until the wanted policy is there or the looks are used up, and finishes the plan with what was seen. */
export async function readUntilSettled(
  ports: Ports,
  plan: Plan,
  result: Exclude<WriteResult, { kind: "declined" }>,
): Promise<Plan> {
  const writers = otherWriters(ports, plan);
  let last: Exclude<Seen, "wanted"> = "nothing";
  for (const pause of LOOKS) {
    if (pause > 0) await ports.clock.sleep(pause);
    const seen = await look(ports, plan);
    if (seen === "wanted")
      return finishApplied(ports, plan, { requestId: result.requestId, writers: await writers });
    last = seen;
  }
  if (last === "before" && result.kind === "accepted")
    return reopenRevised(ports, plan, "no-effect", result.requestId);
  return finishUnknown(ports, plan, last, result.requestId);
}

export type Settled =
  | { readonly kind: "in-force"; readonly plan: Plan }
  | { readonly kind: "not-settled"; readonly seen: Exclude<Seen, "wanted"> };

/** One look: finishes the plan if what it wanted is in force. */
export async function settleByReading(ports: Ports, plan: Plan): Promise<Settled> {
  const seen = await look(ports, plan);
  if (seen !== "wanted") return { kind: "not-settled", seen };
  if (!(await isOurs(ports, plan))) return { kind: "not-settled", seen: "something-else" };
  const writers = await otherWriters(ports, plan);
  return { kind: "in-force", plan: await finishApplied(ports, plan, { requestId: undefined, writers }) };
}

/** Long after the approval somebody else may have made the same policy by hand: then the audit log has to name us. */
async function isOurs(ports: Ports, plan: Plan): Promise<boolean> {
  const age = ports.clock.now().getTime() - Date.parse(writeApprovedAt(plan));
  return age < OBVIOUSLY_OURS || approverWrote(ports, plan);
}

async function look(ports: Pick<Ports, "tenant" | "log">, plan: Plan): Promise<Seen> {
  try {
    const policy: JsonObject = await ports.tenant.readPolicy();
    if (sameEffect(parsePolicy(plan.proposal.after), parsePolicy(policy))) return "wanted";
    return policyFingerprint(policy) === policyFingerprint(plan.proposal.before)
      ? "before"
      : "something-else";
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("read-back-failed", { plan: plan.number, code: error.code, requestId: error.requestId });
    return "nothing";
  }
}
