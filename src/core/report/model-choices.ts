import type { Refusal } from "../errors.js";
import type { Model } from "../policy/model.js";
import type { Ports, Rules } from "../ports.js";
import { type Allowed, allowedToday, typesSeen } from "./allowed-today.js";
import { findScan } from "./find-scan.js";
import { readPolicyIfPossible } from "./read-policy-if-possible.js";

/** One of several models that may be meant, and what tells it from the others. */
export interface ModelOption {
  readonly model: Model;
  /** People who have it by the latest scan; undefined: there is none. */
  readonly people?: number;
  readonly allowed: Allowed;
}

/** What is known of the models that a person may mean, in the order in which they were found. */
export async function modelChoices(
  ports: Pick<Ports, "scans" | "tenant" | "log">,
  rules: Pick<Rules, "tenantId">,
  { candidates }: Pick<Extract<Refusal, { code: "ambiguous-model" }>, "candidates">,
): Promise<readonly ModelOption[]> {
  const inventory = await findScan(ports, rules);
  const policy = await readPolicyIfPossible(ports);
  return candidates.map((model) => {
    const use = inventory?.models.find(({ aaguid }) => aaguid === model.aaguid);
    const types = use === undefined ? undefined : typesSeen(use);
    return {
      model,
      allowed: policy === undefined ? "unknown" : allowedToday(policy, model.aaguid, types),
      ...(inventory === undefined ? {} : { people: use?.people ?? 0 }),
    };
  });
}
