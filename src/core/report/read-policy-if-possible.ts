import { Fault } from "../errors.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";

/** Today's policy for a report that is of use without it; undefined when it cannot be read. */
export async function readPolicyIfPossible(
  ports: Pick<Ports, "tenant" | "log">,
): Promise<Policy | undefined> {
  try {
    return parsePolicy(await ports.tenant.readPolicy());
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("policy-not-read-for-report", { code: error.code });
    return undefined;
  }
}
