import type { Refusal } from "../errors.js";
import type { Model } from "../policy/model.js";
import type { Ports, Rules } from "../ports.js";
import type { Inventory, ModelInUse } from "../scan/inventory.js";
import { type Allowed, allowedToday, typesSeen } from "./allowed-today.js";
import { findModels } from "./find-models.js";
import { findScan } from "./find-scan.js";
import { readPolicyIfPossible } from "./read-policy-if-possible.js";

/** What is known of a model, and what it means in this tenant. */
export interface KnownModel {
  readonly model: Model;
  readonly allowed: Allowed;
  /** undefined: no person uses it by the latest scan, or there is none. */
  readonly use?: ModelInUse;
}

/** One model, or several of one name. */
export interface WhatIs {
  readonly kind: "what-is";
  readonly models: readonly KnownModel[];
  /** The scan the use is counted by. */
  readonly inventory?: Inventory;
}

/** Everything known of the model a person named by words or AAGUID. */
export async function whatIs(
  ports: Pick<Ports, "scans" | "catalogue" | "tenant" | "log">,
  rules: Pick<Rules, "tenantId">,
  words: string,
): Promise<WhatIs | Refusal> {
  const inventory = await findScan(ports, rules);
  const found = findModels(ports, "what is", words, inventory);
  if (found.kind === "refusal") return found;
  const policy = await readPolicyIfPossible(ports);
  const models = found.models.map((model): KnownModel => {
    const use = inventory?.models.find(({ aaguid }) => aaguid === model.aaguid);
    const types = use === undefined ? undefined : typesSeen(use);
    return {
      model,
      allowed: policy === undefined ? "unknown" : allowedToday(policy, model.aaguid, types),
      ...(use === undefined ? {} : { use }),
    };
  });
  return { kind: "what-is", models, ...(inventory === undefined ? {} : { inventory }) };
}
