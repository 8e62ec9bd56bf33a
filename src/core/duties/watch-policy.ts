import { checkDrift } from "../drift/check-drift.js";
import { alteredWatchAttention } from "../drift/recorded/altered-watch-attention.js";
import { Fault } from "../errors.js";
import type { Ports, Rules } from "../ports.js";

const SUBJECT = "altered watch";

/**
 * Compares the policy with its baseline once, if this process has that duty. What cannot be read is logged, and the
 * baseline stays: the next time has another chance.
 */
export async function watchPolicy(ports: Ports, rules: Rules): Promise<void> {
  try {
    if (!(await ports.replicas.claim("drift"))) {
      ports.attention.about(SUBJECT, []);
      return;
    }
    const check = await checkDrift(ports, rules);
    const altered = check.kind === "altered" ? [alteredWatchAttention(check.driftNumber)] : [];
    ports.attention.about(SUBJECT, altered);
    if (check.kind === "waits") ports.log.info("drift-check-waits", { plan: check.planNumber });
    if (check.kind === "unsteady") ports.log.info("drift-check-unsteady");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, requestId, message } = error;
    ports.log.error("drift-not-checked", { code, requestId, message });
  }
}
