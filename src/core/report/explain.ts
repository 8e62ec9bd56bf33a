import type { Concept } from "../command/asking/concepts.js";
import type { Policy } from "../policy/policy.js";
import type { Ports } from "../ports.js";
import { readPolicyIfPossible } from "./read-policy-if-possible.js";

/** What is to be explained, and the policy by which it is told how it is here. */
export interface Explanation {
  readonly concept: Concept;
  /** undefined: it cannot be read at this moment. */
  readonly policy: Policy | undefined;
}

export async function explain(ports: Pick<Ports, "tenant" | "log">, concept: Concept): Promise<Explanation> {
  return { concept, policy: await readPolicyIfPossible(ports) };
}
