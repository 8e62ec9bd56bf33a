import { Fault } from "../errors.js";
import type { JsonObject } from "../json.js";
import type { Plan } from "../plan/plan.js";
import { policyFingerprint } from "../policy/comparable-policy.js";
import { withGivenIds } from "../policy/graph-made/given-ids.js";
import { parsePolicy } from "../policy/parse-policy.js";
import { hasArrived } from "../policy/same-effect.js";
import type { Ports } from "../ports.js";

/** What the policy of the tenant is to a plan whose write was sent, or may have been. */
export type Seen = { readonly kind: "wanted"; readonly policy: JsonObject } | NotWanted;
/** What was wanted is not there, or that cannot be told. */
export type NotWanted =
  | { readonly kind: "before" }
  | { readonly kind: "something-else"; readonly policy: JsonObject }
  /** It could not be read. */
  | { readonly kind: "nothing" };

/** Reads the policy once. */
export async function readBack(ports: Pick<Ports, "tenant" | "log">, plan: Plan): Promise<Seen> {
  try {
    const policy = await ports.tenant.readPolicy();
    const { proposal } = plan;
    const after = parsePolicy(withGivenIds(proposal, policy));
    const change = { before: parsePolicy(proposal.before), after };
    if (hasArrived(change, parsePolicy(policy))) return { kind: "wanted", policy };
    return policyFingerprint(policy) === policyFingerprint(plan.proposal.before)
      ? { kind: "before" }
      : { kind: "something-else", policy };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    ports.log.warn("read-back-failed", { plan: plan.number, code: error.code, requestId: error.requestId });
    return { kind: "nothing" };
  }
}
