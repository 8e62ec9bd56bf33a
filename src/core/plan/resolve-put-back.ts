import { type DriftChoice, findOpenDrift } from "../drift/find-drift.js";
import { type Refusal, refuse } from "../errors.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import type { RevertIntent } from "../policy/intent.js";
import type { Ports, Rules } from "../ports.js";

/**
 * What was changed elsewhere is to be taken back: of today's policy, only what the drift changed.
 * @returns why there is nothing to take back, or that a plan which does so waits already
 */
export async function resolvePutBack(
  ports: Pick<Ports, "watch" | "plans" | "log" | "metrics">,
  rules: Pick<Rules, "tenantId">,
  choice: DriftChoice,
): Promise<RevertIntent | Refusal> {
  const found = await findOpenDrift(ports, rules, choice);
  if (found.kind === "refusal") return found;
  const { number: driftNumber, difference } = found.drift;
  const open = await ports.plans.open(rules.tenantId);
  const waiting = open.find(
    ({ intent, state }) =>
      state.kind === "waiting" &&
      intent.kind === "revert" &&
      intent.of.kind === "drift" &&
      intent.of.driftNumber === driftNumber &&
      // The drift may have gone on since: then that plan takes back less than is asked for now.
      policyFingerprint(intent.from) === policyFingerprint(difference.after),
  );
  if (waiting !== undefined) {
    return refuse({ code: "drift-has-plan", driftNumber, planNumber: waiting.number });
  }
  const of = { kind: "drift", driftNumber } as const;
  return { kind: "revert", from: difference.after, to: difference.before, of };
}
